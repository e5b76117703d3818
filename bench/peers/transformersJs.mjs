import { basename, dirname } from 'node:path';
import { AutoModelForCausalLM, AutoTokenizer, BaseStreamer, env, Tensor } from '@huggingface/transformers';

class TokenTimes extends BaseStreamer {
  times = [];
  put() {
    this.times.push(performance.now());
  }
  end() {}
}

/** transformers.js on the same int8 weights as Top-K, in a graph that returns its whole caches (standard_layout.py). */
export async function load({ directory, threads }) {
  env.allowRemoteModels = false;
  env.localModelPath = dirname(directory);
  const name = basename(directory);
  const model = await AutoModelForCausalLM.from_pretrained(name, {
    dtype: 'fp32',
    device: 'cpu',
    session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
  });
  const tokenizer = await AutoTokenizer.from_pretrained(name);
  return {
    description: `transformers.js ${env.version}, standard layout, float32 cache`,
    /** Greedy from an empty cache; it has no prompt lookup. */
    async generate({ tokens, maxTokens }) {
      const shape = [1, tokens.length];
      const streamer = new TokenTimes();
      const startedAt = performance.now();
      const output = await model.generate({
        input_ids: new Tensor('int64', BigInt64Array.from(tokens, BigInt), shape),
        attention_mask: new Tensor('int64', new BigInt64Array(tokens.length).fill(1n), shape),
        max_new_tokens: maxTokens,
        do_sample: false,
        streamer,
      });
      const ids = [...output.data].map(Number).slice(tokens.length);
      // The first time is the prompt's own.
      const times = streamer.times.slice(1);
      return {
        promptMs: times[0] - startedAt,
        decodeMs: times.at(-1) - times[0],
        decodedTokens: ids.length - 1,
        text: tokenizer.decode(ids),
      };
    },
  };
}

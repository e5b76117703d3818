import { getLlama, InputLookupTokenPredictor, LlamaLogLevel } from 'node-llama-cpp';

/** llama.cpp through node-llama-cpp: its prebuilt CPU binary, never a download or a build. */
export async function load({ gguf, threads, contextLength }) {
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    maxThreads: threads,
    logLevel: LlamaLogLevel.error,
  });
  const model = await llama.loadModel({ modelPath: gguf });
  const newSequence = async (options) => {
    const context = await model.createContext({ contextSize: contextLength, batchSize: 512, threads });
    return context.getSequence(options);
  };
  const plain = await newSequence();
  let drafting;

  return {
    description: `llama.cpp ${llama.llamaCppRelease.release} (${llama.buildType}), ${model.typeDescription}`,
    /** Greedy from an empty cache; times of the first token and of each one after it. */
    async generate({ tokens, maxTokens, promptLookup }) {
      if (promptLookup) drafting ??= await newSequence({ tokenPredictor: new InputLookupTokenPredictor() });
      const sequence = promptLookup ? drafting : plain;
      await sequence.clearHistory();
      const ids = [];
      const startedAt = performance.now();
      let firstAt = startedAt;
      let lastAt = startedAt;
      for await (const id of sequence.evaluate(tokens, { temperature: 0, yieldEogToken: true })) {
        lastAt = performance.now();
        if (ids.length === 0) firstAt = lastAt;
        ids.push(id);
        if (ids.length >= maxTokens || model.isEogToken(id)) break;
      }
      return {
        promptMs: firstAt - startedAt,
        decodeMs: lastAt - firstAt,
        decodedTokens: ids.length - 1,
        text: model.detokenize(ids),
      };
    },
  };
}

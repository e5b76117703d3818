import type { InferenceSession } from './onnxruntime';
import type { OnnxContents } from './onnxFile';

/** What a decoder graph is made for, under the names of the manifest; undefined where the graph does not say it. */
export interface GraphShape {
  readonly layers: number;
  readonly keyValueHeads: number | undefined;
  readonly headDimension: number | undefined;
  readonly cacheType: string | undefined;
  readonly vocabularySize: number | undefined;
  readonly hiddenSize: number | undefined;
  readonly heads: number | undefined;
  readonly contextLength: number | undefined;
}

type Metadata = Pick<InferenceSession, 'inputMetadata' | 'outputMetadata'>;

/** Reads the shape from the names and dimensions of inputs, outputs and tables that models/export/graph.py gives a graph. */
export function graphShapeOf(session: Metadata, { initializers, headCounts }: OnnxContents): GraphShape {
  const { inputMetadata: inputs, outputMetadata: outputs } = session;
  const cache = tensorNamed(inputs, 'past_key_values.0.key');
  return {
    layers: inputs.filter(({ name }) => /^past_key_values\.\d+\.key$/.test(name)).length,
    keyValueHeads: fixed(cache?.shape[1]),
    headDimension: fixed(cache?.shape[3]),
    cacheType: cache?.type,
    vocabularySize: fixed(tensorNamed(outputs, 'logits')?.shape[2]),
    hiddenSize: fixed(tensorNamed(outputs, 'hidden_states')?.shape[2]),
    heads: headCounts.size === 1 ? [...headCounts][0] : undefined,
    contextLength: initializers.get('rotary.cos')?.[0],
  };
}

/** Inputs and outputs that every graph must have. */
const needed = {
  inputs: ['input_ids', 'attention_mask', 'num_logits_to_keep', 'past_key_values.0.key'],
  outputs: ['logits', 'present_delta'],
} as const;

/** The first input or output that a decoder graph has and this one lacks. */
export function missingTensor({ inputMetadata, outputMetadata }: Metadata): string | undefined {
  return (
    needed.inputs.find((name) => !tensorNamed(inputMetadata, name)) ??
    needed.outputs.find((name) => !tensorNamed(outputMetadata, name))
  );
}

/**
 * Where a manifest says something else than its graph, as the rest of a sentence; undefined where they fit. A graph may have
 * room for more positions than the manifest uses.
 */
export function misfitOf(
  graph: GraphShape,
  manifest: Readonly<Record<keyof GraphShape, number | string>>,
): string | undefined {
  for (const name of Object.keys(graph) as (keyof GraphShape)[]) {
    const [own, said] = [graph[name], manifest[name]];
    const fits = name === 'contextLength' ? Number(said) <= Number(own) : said === own;
    if (own !== undefined && !fits) return `says ${name} ${said}, its graph has ${own}`;
  }
  return undefined;
}

function tensorNamed(all: readonly InferenceSession.ValueMetadata[], name: string) {
  const found = all.find((metadata) => metadata.name === name);
  return found?.isTensor ? found : undefined;
}

/** A dimension that is the same in every run. */
function fixed(dimension: number | string | undefined): number | undefined {
  return typeof dimension === 'number' ? dimension : undefined;
}

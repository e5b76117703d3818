import { describe, expect, it } from 'vitest';
import { graphShapeOf, misfitOf, missingTensor } from '../../../src/engine/onnx/graphShape';
import { readOnnxFile } from '../../../src/engine/onnx/onnxFile';

const tensor = (name: string, shape: (number | string)[], type = 'float32') =>
  ({ name, isTensor: true, type, shape }) as never;
const inputs = [
  tensor('input_ids', [1, 'S'], 'int64'),
  tensor('attention_mask', [1, 'T'], 'int64'),
  tensor('num_logits_to_keep', [1], 'int64'),
  ...[0, 1].flatMap((layer) =>
    ['key', 'value'].map((kind) => tensor(`past_key_values.${layer}.${kind}`, [1, 3, 'C', 8], 'int8')),
  ),
];
const outputs = [tensor('logits', [1, 'K', 100]), tensor('hidden_states', [1, 'K', 48]), tensor('present_delta', [])];
const session = { inputMetadata: inputs, outputMetadata: outputs };
const contents = { initializers: new Map([['rotary.cos', [64, 4]]]), headCounts: new Set([6]) };

const manifest = {
  layers: 2,
  keyValueHeads: 3,
  headDimension: 8,
  cacheType: 'int8',
  vocabularySize: 100,
  hiddenSize: 48,
  heads: 6,
  contextLength: 64,
};

describe('the shape of a graph', () => {
  it('fits a manifest that says the same, or uses fewer positions', () => {
    const shape = graphShapeOf(session, contents);
    expect(shape).toEqual(manifest);
    expect(misfitOf(shape, manifest)).toBeUndefined();
    expect(misfitOf(shape, { ...manifest, contextLength: 32 })).toBeUndefined();
  });

  it.each([
    ['layers', 3, 2],
    ['keyValueHeads', 1, 3],
    ['headDimension', 16, 8],
    ['cacheType', 'float32', 'int8'],
    ['vocabularySize', 99, 100],
    ['hiddenSize', 64, 48],
    ['heads', 9, 6],
    ['contextLength', 65, 64],
  ] as const)('is told apart from a manifest with another %s', (name, said, own) => {
    expect(misfitOf(graphShapeOf(session, contents), { ...manifest, [name]: said })).toBe(
      `says ${name} ${said}, its graph has ${own}`,
    );
  });

  it('says nothing of what is open in it', () => {
    const open = graphShapeOf(session, { initializers: new Map(), headCounts: new Set() });
    expect(misfitOf(open, { ...manifest, contextLength: 1_000_000, heads: 1 })).toBeUndefined();
  });

  it('is none of ours where an input or an output is missing', () => {
    expect(missingTensor(session)).toBeUndefined();
    expect(missingTensor({ ...session, inputMetadata: inputs.slice(1) })).toBe('input_ids');
    expect(missingTensor({ ...session, outputMetadata: outputs.slice(0, 2) })).toBe('present_delta');
  });
});

/** A field of a protocol buffer: a number, or bytes with their length before them. */
function field(number: number, value: number | Uint8Array | string): Buffer {
  if (typeof value === 'number') return Buffer.from([number << 3, ...varint(value)]);
  const content = Buffer.from(value as Uint8Array);
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...varint(content.length)]), content]);
}
function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))];
}

describe('readOnnxFile', () => {
  it('finds shapes of tensors, packed or not, and head counts also in the branch of a node', () => {
    const packed = Buffer.concat([field(8, 'packed'), field(1, Uint8Array.from([...varint(49_152), ...varint(576)]))]);
    const single = Buffer.concat([field(1, 4096), field(1, 32), field(2, 1), field(8, 'single')]);
    const heads = Buffer.concat([field(1, 'num_heads'), field(3, 9)]);
    const other = Buffer.concat([field(1, 'axis'), field(3, 7)]);
    const branchNode = Buffer.concat([field(5, heads), field(5, other)]);
    const branch = Buffer.concat([field(1, 'then_branch'), field(6, field(1, branchNode))]);
    const graph = Buffer.concat([field(1, field(5, branch)), field(5, packed), field(5, single)]);
    const { initializers, headCounts } = readOnnxFile(Buffer.concat([field(1, 10), field(7, graph)]));
    expect(Object.fromEntries(initializers)).toEqual({ packed: [49_152, 576], single: [4096, 32] });
    expect([...headCounts]).toEqual([9]);
  });
});

/** What of an ONNX file the runtime does not tell: shapes of its stored tensors, and attributes of its nodes. */
export interface OnnxContents {
  /** Dimensions of every initializer, by name. */
  readonly initializers: ReadonlyMap<string, readonly number[]>;
  /** Values of the attribute `num_heads`, wherever a node has it. */
  readonly headCounts: ReadonlySet<number>;
}

interface Field {
  readonly number: number;
  /** The value of a number, the content of anything else. */
  readonly value: number;
  readonly content: Uint8Array;
}

const nothing = new Uint8Array();
const text = new TextDecoder();

/**
 * Reads a ModelProto. Field numbers are those of onnx.proto3 (github.com/onnx/onnx): graph 7; of a graph node 1 and
 * initializer 5; of a tensor dims 1 and name 8; of a node attribute 5; of an attribute name 1, i 3, g 6.
 *
 * @param bytes of a file that the runtime has read without complaint.
 */
export function readOnnxFile(bytes: Uint8Array): OnnxContents {
  const initializers = new Map<string, readonly number[]>();
  const headCounts = new Set<number>();
  const readGraph = (graph: Uint8Array): void => {
    for (const { number, content } of fieldsOf(graph)) {
      if (number === 5) readTensor(content);
      if (number === 1) for (const field of fieldsOf(content)) if (field.number === 5) readAttribute(field.content);
    }
  };
  const readTensor = (tensor: Uint8Array): void => {
    let name = '';
    const dimensions: number[] = [];
    for (const { number, value, content } of fieldsOf(tensor)) {
      if (number === 8) name = text.decode(content);
      if (number === 1) dimensions.push(...(content.length > 0 ? packedNumbers(content) : [value]));
    }
    initializers.set(name, dimensions);
  };
  const readAttribute = (attribute: Uint8Array): void => {
    let name = '';
    for (const { number, value, content } of fieldsOf(attribute)) {
      if (number === 1) name = text.decode(content);
      if (number === 3 && name === 'num_heads') headCounts.add(value);
      if (number === 6) readGraph(content);
    }
  };
  for (const { number, content } of fieldsOf(bytes)) if (number === 7) readGraph(content);
  return { initializers, headCounts };
}

/** The fields of a message in the protocol buffers' wire format (protobuf.dev/programming-guides/encoding). */
function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  while (at < bytes.length) {
    const key = readNumber(bytes, at);
    at = key.end;
    const number = key.value >>> 3;
    const kind = key.value & 7;
    if (kind === 0) {
      const { value, end } = readNumber(bytes, at);
      at = end;
      yield { number, value, content: nothing };
      continue;
    }
    const length = kind === 2 ? readNumber(bytes, at) : { value: kind === 1 ? 8 : 4, end: at };
    at = length.end + length.value;
    yield { number, value: 0, content: bytes.subarray(length.end, at) };
  }
}

function packedNumbers(bytes: Uint8Array): number[] {
  const numbers: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const { value, end } = readNumber(bytes, at);
    numbers.push(value);
    at = end;
  }
  return numbers;
}

/** A base-128 number; exact below 2^53. */
function readNumber(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  let end = start;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[end++] ?? 0;
    value += (byte & 127) * factor;
    if (byte < 128) return { value, end };
  }
}

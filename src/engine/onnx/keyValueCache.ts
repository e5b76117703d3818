import { Tensor } from './onnxruntime';

export interface CacheShape {
  readonly layers: number;
  readonly keyValueHeads: number;
  readonly headDimension: number;
  readonly type: 'int8' | 'float32';
}

/** Rows are added in steps of this many positions: large enough to copy rarely, small enough not to hold memory for nothing. */
const capacityStep = 256;

/**
 * Keys and values of past positions, one tensor a layer and kind, in the layout `[1, keyValueHeads, capacity, headDimension]`
 * that the graph reads in place. Only new rows come back from a run (`present_delta`), and are copied in here.
 */
export class KeyValueCache {
  readonly feeds: Record<string, Tensor> = {};
  private buffers: (Int8Array | Float32Array)[] = [];
  private capacity = 0;

  constructor(
    private readonly shape: CacheShape,
    private readonly maxCapacity: number,
  ) {}

  /** A cache of its own with the first `used` rows of this one. */
  copy(used: number): KeyValueCache {
    const copy = new KeyValueCache(this.shape, this.maxCapacity);
    if (used === 0) return copy;
    copy.buffers = [...this.buffers];
    copy.capacity = this.capacity;
    // Growing replaces every buffer: nothing stays shared.
    copy.grow(used, used);
    return copy;
  }

  /** Makes room for `length` positions, keeping the first `used`. */
  reserve(length: number, used: number): void {
    if (length > this.capacity) this.grow(length, used);
  }

  /**
   * Writes the new rows of a run behind the first `position` rows.
   * @param delta `[2 * layers, keyValueHeads, count, headDimension]`: key of layer l at 2l, its value at 2l + 1.
   */
  write(delta: Int8Array | Float32Array, position: number, count: number): void {
    const { keyValueHeads, headDimension } = this.shape;
    const rowBlock = count * headDimension;
    for (let slot = 0; slot < this.buffers.length; slot++) {
      const buffer = this.buffers[slot]!;
      for (let head = 0; head < keyValueHeads; head++) {
        const source = (slot * keyValueHeads + head) * rowBlock;
        buffer.set(
          delta.subarray(source, source + rowBlock) as never,
          (head * this.capacity + position) * headDimension,
        );
      }
    }
  }

  private grow(length: number, used: number): void {
    const { layers, keyValueHeads, headDimension, type } = this.shape;
    const capacity = Math.min(this.maxCapacity, Math.ceil(length / capacityStep) * capacityStep);
    if (length > capacity) {
      throw new RangeError(`${length} tokens do not fit into the model's context of ${this.maxCapacity}.`);
    }
    const dimensions = [1, keyValueHeads, capacity, headDimension];
    for (let slot = 0; slot < 2 * layers; slot++) {
      const size = keyValueHeads * capacity * headDimension;
      const buffer = type === 'int8' ? new Int8Array(size) : new Float32Array(size);
      const old = this.buffers[slot];
      for (let head = 0; old && head < keyValueHeads; head++) {
        const start = head * this.capacity * headDimension;
        buffer.set(old.subarray(start, start + used * headDimension) as never, head * capacity * headDimension);
      }
      this.buffers[slot] = buffer;
      const name = `past_key_values.${slot >> 1}.${slot % 2 === 0 ? 'key' : 'value'}`;
      this.feeds[name] = new Tensor(type, buffer as never, dimensions);
    }
    this.capacity = capacity;
  }
}

/** One vocabulary entry at one position. */
export interface IndexedLogit {
  /** Index into the vocabulary. */
  readonly id: number;
  /** The score: inner product of the context vector with the entry's output embedding (natural-log scale). */
  readonly logit: number;
}

/**
 * The k entries with the largest logits, best first.
 *
 * One pass over the logits against the worst kept one (a binary heap of k entries), so O(V) for scores in random order,
 * where only about k ln(V / k) entries enter the heap, and O(V log k) at worst.
 *
 * @param logits shape [V]. Equal logits keep vocabulary order. NaN comes after every number, -Infinity included.
 * @param k how many; a whole number of at least 1. Above V it gives all V entries.
 * @throws RangeError when k is not a whole number >= 1.
 */
export function topK(logits: Float32Array, k: number): IndexedLogit[] {
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`top-k is ${k}; it must be a whole number of at least 1.`);
  const capacity = Math.min(k, logits.length);
  const ids = new Int32Array(capacity);
  const values = new Float32Array(capacity);
  let size = 0;
  // -Infinity while the heap fills: -Infinity and NaN stay out here and are taken up by `fill` where numbers are too few.
  let worst = -Infinity;
  for (let id = 0; id < logits.length; id++) {
    const logit = logits[id] as number;
    if (!(logit > worst)) continue;
    if (size < capacity) siftUp(ids, values, size++, id, logit);
    else siftDown(ids, values, size, id, logit);
    if (size === capacity) worst = values[0] as number;
  }
  const candidates = Array.from({ length: size }, (_, i) => ({ id: ids[i] as number, logit: values[i] as number }));
  candidates.sort((a, b) => b.logit - a.logit || a.id - b.id);
  fill(candidates, logits, capacity);
  return candidates;
}

/** Whether the entry (id, logit) at `a` leaves the heap before the one at `b`: lower logit, then later in the vocabulary. */
function isWorse(aId: number, aLogit: number, bId: number, bLogit: number): boolean {
  return aLogit < bLogit || (aLogit === bLogit && aId > bId);
}

function siftUp(ids: Int32Array, values: Float32Array, size: number, id: number, logit: number): void {
  let hole = size;
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    if (!isWorse(id, logit, ids[parent] as number, values[parent] as number)) break;
    ids[hole] = ids[parent] as number;
    values[hole] = values[parent] as number;
    hole = parent;
  }
  ids[hole] = id;
  values[hole] = logit;
}

/** Replaces the root, the worst entry kept. */
function siftDown(ids: Int32Array, values: Float32Array, size: number, id: number, logit: number): void {
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= size) break;
    const right = child + 1;
    if (
      right < size &&
      isWorse(ids[right] as number, values[right] as number, ids[child] as number, values[child] as number)
    ) {
      child = right;
    }
    if (!isWorse(ids[child] as number, values[child] as number, id, logit)) break;
    ids[hole] = ids[child] as number;
    values[hole] = values[child] as number;
    hole = child;
  }
  ids[hole] = id;
  values[hole] = logit;
}

/** Adds -Infinity entries, then NaN entries, in vocabulary order, until there are `capacity` candidates. */
function fill(candidates: IndexedLogit[], logits: Float32Array, capacity: number): void {
  for (const isWanted of [(logit: number) => logit === -Infinity, Number.isNaN]) {
    for (let id = 0; id < logits.length && candidates.length < capacity; id++) {
      const logit = logits[id] as number;
      if (isWanted(logit)) candidates.push({ id, logit });
    }
  }
}

/** A probability as a percentage; never rounded to a certainty that it is not. */
export function formatPercent(probability: number): string {
  if (!Number.isFinite(probability)) return '–';
  if (probability > 0 && probability < 0.0001) return '<0.01 %';
  if (probability < 1 && probability >= 0.9995) return '>99.9 %';
  return `${(probability * 100).toFixed(probability < 0.1 ? 2 : 1)} %`;
}

/** A number with a fixed count of decimals, or a dash where there is none. */
export function formatDecimal(value: number, decimals: number): string {
  return Number.isFinite(value) ? value.toFixed(decimals) : '–';
}

/** Milliseconds, or seconds from ten of them on. */
export function formatDuration(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) return '–';
  if (milliseconds >= 10_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
}

/** A count with its noun: `1 token`, `2 tokens`. */
export function formatCount(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

/** Bytes in the unit that a file manager shows. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${value.toFixed(value < 10 ? 1 : 0)} ${units[power - 1] ?? ''}`;
}

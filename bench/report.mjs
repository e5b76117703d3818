import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { benchDirectory } from './setUp.mjs';

/** A section as a table: absolutes, ratios beside them, the target and whether it is met. */
export function sectionTable(title, rows) {
  const subjects = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))];
  const peers = subjects.filter((name) => rows.some(({ ratios }) => ratios?.[name] !== undefined));
  const judged = rows.some(({ target }) => target !== undefined);
  const head = [
    title,
    'unit',
    ...subjects,
    ...peers.map((name) => `Top-K / ${name}`),
    ...(judged ? ['target', ''] : []),
  ];
  const body = rows.map(({ measure, unit, values, ratios = {}, target = '', isMet }) => [
    ...[measure, unit, ...subjects.map((name) => number(values[name]))],
    ...peers.map((name) => (ratios[name] === undefined ? '' : ratio(ratios[name]))),
    ...(judged ? [target, verdict(target, isMet)] : []),
  ]);
  const isNumber = (column) => column >= 2 && column < 2 + subjects.length + peers.length;
  return aligned([head, ...body], isNumber);
}

/** Rows in columns as wide as their widest cell; all cells are ASCII. */
function aligned(rows, isRight) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row) =>
    row.map((cell, i) => (isRight(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join('  ');
  const [head, ...body] = rows.map((row) => line(row).trimEnd());
  return [head, widths.map((width) => '-'.repeat(width)).join('  '), ...body].join('\n');
}

/** Writes everything that was measured, samples included, to results/<date>.json; returns its path. */
export function writeResults(results) {
  const directory = join(benchDirectory, 'results');
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `${results.date.replaceAll(':', '-').replace(/\..*/, '')}.json`);
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
  return path;
}

export function machine() {
  const { length } = cpus();
  const gigabytes = (totalmem() / 1e9).toFixed(0);
  return `${cpus()[0].model.trim()}, ${length} cores, ${gigabytes} GB, ${process.platform}-${process.arch}, Node ${process.version}`;
}

/** Programs that wait for a processor, averaged over the last minute; a sentence where they are too many to measure. */
export function contention() {
  const [waiting] = loadavg();
  const isQuiet = waiting < 0.5;
  const warning = `Other programs use this machine (load ${waiting.toFixed(1)}): times are inflated, and so are ratios, as engines that spin suffer more.`;
  return { load: waiting, ...(!isQuiet && { warning }) };
}

function number(value) {
  if (value === undefined) return '';
  if (!Number.isFinite(value)) return 'not seen';
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 1 : 3);
}

function ratio(value) {
  return `${value < 0.1 ? value.toPrecision(2) : value.toFixed(2)}x`;
}

function verdict(target, isMet) {
  if (target === '') return '';
  return isMet === undefined ? 'not judged' : isMet ? 'met' : 'MISSED';
}

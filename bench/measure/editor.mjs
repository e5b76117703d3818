import { isForWantOfTime, measureGhosts } from '../editor/ghosts.mjs';
import { measureKeystrokes, typedKeys } from '../editor/keystrokes.mjs';
import { ghostPlaces, keystrokePlace, workspaceFiles } from '../editor/places.mjs';
import { openWorkbench } from '../editor/workbench.mjs';
import { median, quantile } from '../statistics.mjs';

/** Each needs an extension host of its own, which takes seconds to start. */
const mostActivations = 5;

/** What the user of the editor feels, in a real VS Code workbench with real keys and the model behind them. */
export async function measureEditor({ rounds, options }) {
  const files = workspaceFiles();
  const workbench = await openWorkbench(files);
  try {
    const activations = await measureActivation(workbench, Math.min(rounds, mostActivations));
    const place = keystrokePlace(files, typedKeys);
    await workbench.rooms.quickOpen(workbench.page, place.path);
    await workbench.ask('place', place);
    await workbench.ask('wake');
    const ghosts = await measureGhosts(workbench, ghostPlaces(files, options.isQuick));
    // Behind the places: their files are open by now.
    const keystrokes = await measureKeystrokes(workbench, place, rounds);
    await workbench.ask('end');
    return [...activationRows(activations), ...keystrokeRows(keystrokes), ...throughRows(ghosts), ...ghostRows(ghosts)];
  } finally {
    await workbench.close();
  }
}

async function measureActivation(workbench, times) {
  const samples = [await workbench.ask('activation')];
  while (samples.length < times) {
    await workbench.reload();
    samples.push(await workbench.ask('activation'));
  }
  return samples;
}

function activationRows(activations) {
  const load = activations.map(({ loadMs }) => loadMs);
  const activate = activations.map(({ activateMs }) => activateMs);
  const both = activations.map(({ loadMs, activateMs }) => loadMs + activateMs);
  return [
    atMost(50, 'activation, as VS Code times it: both of', both, median(both)),
    row('  loading the code', load, median(load)),
    row('  activate()', activate, median(activate)),
  ];
}

function keystrokeRows({ on, off }) {
  const of = (samples, key) => samples.map((sample) => sample[key]);
  const more = (key) => on.map((sample, round) => sample[key] - off[round][key]);
  const processor = more('processorMs');
  const active = more('activeMs');
  return [
    atMost(4, "host's thread per key, processor time: with Top-K on - off", processor, median(processor)),
    row('  on, VS Code itself included', of(on, 'processorMs'), median(of(on, 'processorMs'))),
    row('  off', of(off, 'processorMs'), median(of(off, 'processorMs'))),
    row("host's thread per key, event loop active: on - off", active, median(active)),
  ];
}

function throughRows({ cachedMs }) {
  const at = (q) => (cachedMs.length === 0 ? Infinity : quantile(cachedMs, q));
  return [
    atMost(2, `type-through answer (${cachedMs.length} seen), p50`, cachedMs, at(0.5)),
    row('  p95', cachedMs, at(0.95)),
  ];
}

/** Where there was no time for a ghost text it took longer than any other; where none was wanted there is no time to tell. */
function ghostRows({ samples }) {
  const count = (outcome) => samples.filter((sample) => outcomeOf(sample) === outcome).length;
  const times = samples.filter((sample) => outcomeOf(sample) !== 'none').map(({ ms }) => ms ?? Infinity);
  const at = (q) => (times.length === 0 ? Infinity : quantile(times, q));
  return [
    atMost(500, `pause to first ghost text (at ${count('ghost')} of ${samples.length} places), p50`, samples, at(0.5)),
    row('  p95', times, at(0.95)),
    { measure: '  places without, for want of time', unit: '', values: { 'Top-K': count('late') } },
    { measure: '  places without, for other reasons', unit: '', values: { 'Top-K': count('none') } },
  ];
}

function outcomeOf({ ms, reason }) {
  if (ms !== null) return 'ghost';
  return isForWantOfTime(reason) ? 'late' : 'none';
}

function row(measure, samples, value) {
  return { measure, unit: 'ms', values: { 'Top-K': value }, samples };
}

function atMost(limit, measure, samples, value) {
  return { ...row(measure, samples, value), target: `<= ${limit} ms`, isMet: value <= limit };
}

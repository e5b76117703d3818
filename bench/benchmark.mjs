import { resolve } from 'node:path';
import { whyNoWorkbench } from './editor/workbench.mjs';
import { measureCancel } from './measure/cancel.mjs';
import { measureDecode } from './measure/decode.mjs';
import { measureEditing } from './measure/editing.mjs';
import { measureEditor } from './measure/editor.mjs';
import { measureLoad } from './measure/load.mjs';
import { measureMemory } from './measure/memory.mjs';
import { measurePrefill } from './measure/prefill.mjs';
import { measureRest } from './measure/rest.mjs';
import { measureScoring } from './measure/scoring.mjs';
import { measureTyping } from './measure/typing.mjs';
import { startPeer } from './peers/peerProcess.mjs';
import { startTopK } from './peers/topK.mjs';
import { Prompts } from './prompts.mjs';
import { contention, machine, sectionTable, writeResults } from './report.mjs';
import { importRooms } from './rooms.mjs';
import { ensureGguf, ensureStandardLayout, root } from './setUp.mjs';

/** Room for the longest prompt and what is decoded behind it. */
const contextLength = 2048;

/** Sections that compare; the others are about our engine alone. */
const compared = { prefill: measurePrefill, decode: measureDecode, editing: measureEditing };
const own = { typing: measureTyping, cancel: measureCancel, rest: measureRest };
const fresh = { load: measureLoad, memory: measureMemory };

/** Runs the sections, prints a table for each and writes the JSON. Peers that cannot be loaded are reported, not fatal. */
export async function runBenchmark(options, print) {
  const modelDirectory = resolve(root, options.model);
  const rooms = await importRooms();
  const prompts = new Prompts(modelDirectory);
  const { load, warning } = contention();
  const results = {
    date: new Date().toISOString(),
    machine: machine(),
    loadBefore: load,
    options,
    subjects: {},
    notLoadable: {},
    notMeasured: {},
    sections: {},
    log: [],
  };
  const report = (section, rows) => {
    results.sections[section] = rows;
    print(`\n${sectionTable(section, rows)}\n`);
  };
  const wants = (group) => Object.keys(group).filter((section) => options.sections.includes(section));
  print(`${results.machine}; ${options.threads} threads, ${options.rounds} rounds, medians\n`);
  if (warning) print(`${warning}\n`);

  const ours = { name: 'Top-K', start: () => startTopK(rooms, options) };
  const needsPeers = [...wants(fresh), ...wants(compared)].length > 0;
  const peers = needsPeers ? await loadablePeers(options, modelDirectory, results) : [];
  for (const [name, reason] of Object.entries(results.notLoadable)) print(`${name}: not loadable: ${reason}\n`);
  const context = { rooms, prompts, options, rounds: options.rounds, log: results.log };

  for (const section of wants(fresh)) report(section, await fresh[section]({ ...context, starters: [ours, ...peers] }));
  if (wants(compared).length > 0) {
    await withSubjects([ours, ...peers], async (subjects) => {
      for (const { name, description } of subjects) results.subjects[name] = description;
      for (const section of wants(compared)) report(section, await compared[section]({ ...context, subjects }));
    });
  }
  if (wants(own).length > 0) {
    await withSubjects([ours], async ([engine]) => {
      results.subjects[engine.name] = engine.description;
      for (const section of wants(own)) report(section, await own[section]({ ...context, engine }));
    });
  }
  if (options.sections.includes('scoring')) report('scoring', measureScoring(context));
  if (options.sections.includes('editor')) {
    const reason = whyNoWorkbench();
    if (reason === undefined) report('editor', await measureEditor(context));
    else {
      results.notMeasured.editor = reason;
      print(`\neditor: not measured: ${reason}\n`);
    }
  }

  for (const description of Object.values(results.subjects)) print(`${description}\n`);
  print(`Written to ${writeResults(results)}\n`);
}

async function withSubjects(starters, work) {
  const subjects = [];
  try {
    for (const { start } of starters) subjects.push(await start());
    await work(subjects);
  } finally {
    for (const subject of subjects) await subject.dispose();
  }
}

/** The peers that load here; the others get their reason in `results.notLoadable`. */
async function loadablePeers(options, modelDirectory, results) {
  const parameters = {
    'llama.cpp': () => ({ gguf: ensureGguf(options.gguf), threads: options.threads, contextLength }),
    'transformers.js': () => ({ directory: ensureStandardLayout(modelDirectory), threads: options.threads }),
  };
  const loadable = [];
  for (const name of options.peers) {
    try {
      const params = parameters[name]();
      const peer = await startPeer(name, params);
      results.subjects[name] = peer.description;
      await peer.dispose();
      loadable.push({ name, start: () => startPeer(name, params) });
    } catch (error) {
      results.notLoadable[name] = error.message;
    }
  }
  return loadable;
}

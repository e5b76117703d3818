import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineSupervisor } from '../../../../src/editor/engine/engineSupervisor';
import type { Settings } from '../../../../src/editor/settings/settings';
import { findModel } from '../../../../src/model-store/findModel';
import { ModelError } from '../../../../src/model-store/modelError';
import { logTo } from '../../../../src/protocol/log';
import { enginePreamble } from '../../../support/engineScript';
import { recordStates } from '../../../support/engineStates';

vi.mock('../../../../src/model-store/findModel', () => ({ findModel: vi.fn() }));

/** An engine that is ready at once, tells its progress as a real one does, and takes its time to end. */
const engineScript = `${enginePreamble}
  process.off('disconnect', leave);
  process.on('disconnect', () => setTimeout(leave, 400));
  connection.onRequest('initialize', async ({ modelDirectory }) => {
    for (let i = 1; i <= 36; i++) await connection.sendNotification('loadProgress', { stage: 'loading', fraction: i / 36 });
    return { model: modelDirectory, executionProvider: 'cpu', executionProviderReason: 'as set' };
  });
  connection.listen();
`;

let directory: string;
let model: string;
let log: string[];
let supervisor: EngineSupervisor;
/** Folders by what is asked for; '' is the bundled model. */
let models: Record<string, string>;
const modelInUse = () => supervisor.state.kind === 'ready' && supervisor.state.engine.model;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'topk-supervisor-'));
  const enginePath = path.join(directory, 'engine.mjs');
  await writeFile(enginePath, engineScript);
  model = '';
  log = [];
  models = { '': '/bundled', '/own': '/own' };
  vi.mocked(findModel).mockClear();
  vi.mocked(findModel).mockImplementation(async (name = '') => {
    if (!models[name]) throw new ModelError(`There is no model "${name}".`);
    return models[name];
  });
  supervisor = new EngineSupervisor({
    enginePath,
    cacheDirectory: directory,
    log: logTo((level, message) => /warn|error/.test(level) && log.push(`${level}: ${message}`)),
    settings: () => ({ model, executionProvider: 'cpu', threads: 0, idleUnloadMinutes: 0 }) as Settings,
  });
});
afterEach(async () => {
  await supervisor.shutDown();
  await rm(directory, { recursive: true });
});

describe('the state of the engine', () => {
  it('goes from starting to ready, once each, however often a start tells its progress', async () => {
    const states = recordStates(supervisor);
    let reports = 0;
    supervisor.onProgress(() => reports++);
    await supervisor.start();
    expect(states).toEqual(['starting', 'ready']);
    expect(reports).toBe(36);
  });

  it('is that of the new process, also where the old one ends after it is ready', async () => {
    await supervisor.start();
    const states = recordStates(supervisor);
    model = '/own';
    const restarted = supervisor.followSettings();
    await supervisor.start();
    expect(modelInUse()).toBe('/own');
    await restarted;
    expect(supervisor.isReady).toBe(true);
    expect(modelInUse()).toBe('/own');
    expect(states).toEqual(['stopped', 'starting', 'ready']);
  });

  it('is left alone by settings that it does not depend on', async () => {
    await supervisor.start();
    const states = recordStates(supervisor);
    await supervisor.followSettings();
    expect(states).toEqual([]);
  });
});

describe('the model of the settings', () => {
  it('is the bundled one where there is none of that name: told once, and as a setting that cannot be used', async () => {
    model = 'large';
    await supervisor.start();
    expect(modelInUse()).toBe('/bundled');
    await supervisor.restart();
    await supervisor.start();
    expect(modelInUse()).toBe('/bundled');
    expect(supervisor.modelProblem).toMatchObject({ key: 'topK.model', value: 'large' });
    expect(log).toEqual([
      'warn: topK.model is "large"; allowed: the name of an installed model, or the absolute path of a folder with a ' +
        'manifest.json. "" is used.',
    ]);
    model = '/own';
    await supervisor.followSettings();
    expect(supervisor.modelProblem).toBeUndefined();
    await supervisor.start();
    expect(modelInUse()).toBe('/own');
    expect(supervisor.modelProblem).toBeUndefined();
  });

  it('is looked for once: a failure stays until the settings change or somebody restarts', async () => {
    models = { '/own': '/own' };
    for (let keystroke = 0; keystroke < 3; keystroke++) {
      await expect(supervisor.start()).rejects.toMatchObject({
        code: 'modelInvalid',
        message: 'There is no model "".',
      });
    }
    expect(findModel).toHaveBeenCalledTimes(1);
    expect(supervisor.state).toMatchObject({ kind: 'failed', isFinal: true });
    expect(log).toEqual(['error: There is no model "".']);
    model = '/own';
    await supervisor.followSettings();
    expect(supervisor.state).toEqual({ kind: 'stopped' });
    await supervisor.start();
    expect(modelInUse()).toBe('/own');
  });
});

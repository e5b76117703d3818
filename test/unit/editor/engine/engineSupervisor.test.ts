import { beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineSupervisor } from '../../../../src/editor/engine/engineSupervisor';
import type { Settings } from '../../../../src/editor/settings/settings';
import { findModel } from '../../../../src/model-store/findModel';
import { ModelError } from '../../../../src/model-store/modelError';

vi.mock('../../../../src/model-store/findModel', () => ({ findModel: vi.fn() }));
const starts = vi.hoisted(() => [] as string[]);
vi.mock('../../../../src/client/engineClient', () => ({
  EngineClient: class {
    constructor(private readonly options: { initialize: { modelDirectory: string } }) {}
    onDidChangeState(): void {}
    async start(): Promise<void> {
      starts.push(this.options.initialize.modelDirectory);
    }
    async dispose(): Promise<void> {}
  },
}));

let model: string;
let log: string[];
let supervisor: EngineSupervisor;
/** Folders by what is asked for; '' is the bundled model. */
let models: Record<string, string>;
beforeEach(() => {
  model = '';
  log = [];
  starts.length = 0;
  models = { '': '/bundled', '/own': '/own' };
  vi.mocked(findModel).mockClear();
  vi.mocked(findModel).mockImplementation(async (name = '') => {
    if (!models[name]) throw new ModelError(`There is no model "${name}".`);
    return models[name];
  });
  supervisor = new EngineSupervisor({
    ...{ enginePath: '/engine.js', cacheDirectory: '/cache' },
    log: (level, message) => log.push(`${level}: ${message}`),
    settings: () => ({ model, executionProvider: 'cpu', threads: 0, idleUnloadMinutes: 0 }) as Settings,
  });
});

describe('the model of the settings', () => {
  it('is the bundled one where there is none of that name: told once, and as a setting that cannot be used', async () => {
    model = 'large';
    await supervisor.start();
    await supervisor.restart();
    await supervisor.start();
    expect(starts).toEqual(['/bundled', '/bundled']);
    expect(supervisor.modelProblem).toMatchObject({ key: 'topK.model', value: 'large' });
    expect(log).toEqual([
      'warn: topK.model is "large"; allowed: the name of an installed model, or the absolute path of a folder with a ' +
        'manifest.json. "" is used.',
    ]);
  });

  it('is no problem any more once it was put right', async () => {
    model = 'large';
    await supervisor.start();
    model = '/own';
    await supervisor.followSettings();
    expect(supervisor.modelProblem).toBeUndefined();
    await supervisor.start();
    expect(starts).toEqual(['/bundled', '/own']);
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
    expect(starts).toEqual(['/own']);
  });
});

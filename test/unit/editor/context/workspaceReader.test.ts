import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WorkspaceReader, type WorkspaceReaderServices } from '../../../../src/editor/context/workspaceReader';
import { readSettings } from '../../../../src/editor/settings/settings';
import type { RememberParams } from '../../../../src/protocol/messages';
import { EventEmitter, fake, Uri } from '../../../support/vscode';

const behind = ', behind the caret';

class FakeEngine {
  private readonly emitter = new EventEmitter<never>();
  readonly onDidChangeState = this.emitter.event as unknown as WorkspaceReaderServices['engine']['onDidChangeState'];
  isReady = false;
  readonly told: RememberParams[] = [];
  rememberFiles = async (params: RememberParams): Promise<void> => void this.told.push(params);
  become(isReady: boolean): void {
    this.isReady = isReady;
    this.emitter.fire(undefined as never);
  }
  get names(): string[] {
    return this.told.flatMap(({ files }) => files.map(({ name }) => name)).filter((name) => !name.endsWith(behind));
  }
}

let engine: FakeEngine;
let errors: unknown[];
let reader: WorkspaceReader;
const at = (name: string) => ({ uri: Uri.parse(`file:${name}`) });

beforeEach(() => {
  fake.reset();
  engine = new FakeEngine();
  errors = [];
  reader = new WorkspaceReader({
    engine,
    ignoreRules: { isIgnored: async (uri) => uri.path.includes('/ignored/') },
    settings: () => readSettings(undefined, () => {}),
    reportError: (error) => errors.push(error),
  });
  for (const name of ['/w/b/far.py', '/w/a/near.py', '/w/other.go', '/w/a/ignored/x.py', '/w/.env.py'])
    fake.files.set(`file:${name}`, `# ${name}`);
});
afterEach(() => {
  reader.dispose();
  expect(errors).toEqual([]);
});

describe('WorkspaceReader', () => {
  it('tells a ready engine the files of the kind that is edited, the nearest last, each once', async () => {
    fake.activeDocument = at('/w/a/open.py');
    engine.become(false);
    engine.become(true);
    await expect.poll(() => engine.names).toHaveLength(2);
    fake.activeEditorChanged.fire({ document: at('/w/a/near.py') });
    fake.activeEditorChanged.fire({ document: at('/w/b/new.go') });
    await expect.poll(() => engine.names).toContain('file:/w/other.go');
    expect(engine.names).toEqual(['file:/w/b/far.py', 'file:/w/a/near.py', 'file:/w/other.go']);
    expect(engine.told[0]).toEqual({
      replaceAll: false,
      files: [{ name: `file:/w/b/far.py${behind}` }, { name: 'file:/w/b/far.py', text: '# /w/b/far.py' }],
    });
  });

  it('does not read ignored files, secrets, and what the user excludes', async () => {
    fake.settings.set('topK.context.excludedFiles', ['**/far.py']);
    fake.files.set('file:/w/key.py', '-----BEGIN RSA PRIVATE KEY-----');
    fake.activeDocument = at('/w/a/open.py');
    engine.become(true);
    await expect.poll(() => engine.names).toContain('file:/w/a/near.py');
    expect(engine.names).toEqual(['file:/w/a/near.py']);
    expect(fake.filesRead).not.toContain('file:/w/a/ignored/x.py');
    expect(fake.filesRead).not.toContain('file:/w/b/far.py');
  });

  it('tells a saved file again, and forgets one that is gone or has another name', async () => {
    fake.activeDocument = at('/w/a/open.py');
    engine.become(true);
    await expect.poll(() => engine.names).toHaveLength(2);
    fake.files.set('file:/w/b/far.py', 'new');
    fake.documentSaved.fire(at('/w/b/far.py'));
    fake.documentSaved.fire(at('/w/other.go'));
    fake.filesDeleted.fire({ files: [at('/w/b/far.py').uri] });
    fake.filesRenamed.fire({ files: [{ oldUri: at('/w/a/near.py').uri, newUri: at('/w/a/n.py').uri }] });
    fake.files.set('file:/w/a/n.py', 'moved');
    await expect.poll(() => engine.told).toHaveLength(6);
    expect(engine.told.slice(2).map(({ files }) => files)).toEqual([
      [{ name: `file:/w/b/far.py${behind}` }, { name: 'file:/w/b/far.py', text: 'new' }],
      [{ name: `file:/w/b/far.py${behind}` }, { name: 'file:/w/b/far.py' }],
      [{ name: `file:/w/a/near.py${behind}` }, { name: 'file:/w/a/near.py' }],
      [{ name: `file:/w/a/n.py${behind}` }, { name: 'file:/w/a/n.py', text: 'moved' }],
    ]);
  });

  it('leaves out the line that is being written', async () => {
    fake.activeDocument = { ...at('/w/a/near.py'), getText: () => 'one\ntw\nthree\n', offsetAt: () => 6 };
    engine.become(true);
    await expect.poll(() => engine.names).toHaveLength(2);
    expect(engine.told[1]!.files).toEqual([
      { name: `file:/w/a/near.py${behind}`, text: 'three\n' },
      { name: 'file:/w/a/near.py', text: 'one\n' },
    ]);
    expect(fake.filesRead).not.toContain('file:/w/a/near.py');
  });

  it('reads again for an engine that started again', async () => {
    fake.activeDocument = at('/w/a/open.py');
    engine.become(true);
    await expect.poll(() => engine.names).toHaveLength(2);
    engine.become(false);
    engine.become(true);
    await expect.poll(() => engine.names).toHaveLength(4);
  });

  it('has the engine forget everything where it is switched off, and reads nothing', async () => {
    fake.settings.set('topK.context.workspaceMemory', false);
    fake.activeDocument = at('/w/a/open.py');
    engine.become(true);
    reader.followSettings();
    await expect.poll(() => engine.told).toEqual([{ replaceAll: true, files: [] }]);
    expect(fake.filesRead).toEqual([]);
  });
});

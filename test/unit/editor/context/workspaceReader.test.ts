import type * as vscode from 'vscode';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FilePolicy } from '../../../../src/editor/context/filePolicy';
import { WorkspaceReader, type WorkspaceReaderServices } from '../../../../src/editor/context/workspaceReader';
import { SettingsReader } from '../../../../src/editor/settings/settingsReader';
import { logTo, silentLog } from '../../../../src/protocol/log';
import type { RememberParams } from '../../../../src/protocol/messages';
import { EventEmitter, fake, Uri } from '../../../support/vscode';

const behind = ', behind the caret';

class FakeEngine {
  private readonly emitter = new EventEmitter<never>();
  readonly onDidChangeState = this.emitter.event as unknown as WorkspaceReaderServices['engine']['onDidChangeState'];
  isReady = false;
  readonly told: RememberParams[] = [];
  /** What it remembers of files that have a text, by name. */
  readonly memory = new Map<string, string>();
  /** Answers wait for it. */
  answering = Promise.resolve();
  async rememberFiles(params: RememberParams): Promise<number> {
    this.told.push(params);
    await this.answering;
    if (params.replaceAll) this.memory.clear();
    for (const { name, text } of params.files) {
      if (text === undefined) this.memory.delete(name);
      else this.memory.set(name, text);
    }
    return 7;
  }
  become(isReady: boolean): void {
    this.isReady = isReady;
    this.emitter.fire(undefined as never);
  }
  get names(): string[] {
    return this.told.flatMap(({ files }) => files.map(({ name }) => name)).filter((name) => !name.endsWith(behind));
  }
}

let engine: FakeEngine;
let errors: string[];
let reader: WorkspaceReader;
let policy: FilePolicy;
let settings: SettingsReader;
let ignored: EventEmitter<void>;
let ignoredPart: string;
const at = (name: string, languageId = name.endsWith('.go') ? 'go' : 'python') => ({
  uri: Uri.parse(`file:${name}`),
  languageId,
});
const change = (key: string, value: unknown): void => {
  fake.settings.set(key, value);
  fake.configurationChanged.fire({
    affectsConfiguration: (section) => key === section || key.startsWith(`${section}.`),
  });
};

beforeEach(() => {
  fake.reset();
  engine = new FakeEngine();
  errors = [];
  ignored = new EventEmitter<void>();
  ignoredPart = '/ignored/';
  settings = new SettingsReader(silentLog);
  const isIgnored = async (uri: vscode.Uri) => uri.path.includes(ignoredPart);
  const onDidChange = ignored.event as unknown as vscode.Event<void>;
  policy = new FilePolicy({ settings, ignoreRules: { isIgnored, mayBeIgnored: () => true, onDidChange } });
  settings.onDidChange(() => reader.followSettings());
  reader = new WorkspaceReader({
    engine,
    policy,
    settings: () => settings.for(),
    log: logTo((_, message) => errors.push(message)),
  });
  for (const name of ['/w/b/far.py', '/w/a/near.py', '/w/other.go', '/w/a/ignored/x.py', '/w/.env.py'])
    fake.files.set(`file:${name}`, `# ${name}`);
});
afterEach(() => {
  reader.dispose();
  policy.dispose();
  settings.dispose();
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
    change('topK.context.excludedFiles', ['**/far.py']);
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
    await expect.poll(() => engine.told).toHaveLength(3);
    fake.files.delete('file:/w/b/far.py');
    fake.files.delete('file:/w/a/near.py');
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

  it('has the engine forget everything when it is switched off, and reads nothing then', async () => {
    fake.activeDocument = at('/w/a/open.py');
    engine.become(true);
    await expect.poll(() => engine.memory.size).toBe(2);
    change('topK.context.workspaceMemory', false);
    await expect.poll(() => engine.told.at(-1)).toEqual({ replaceAll: true, files: [] });
    fake.activeEditorChanged.fire({ document: at('/w/other.go') });
    fake.documentSaved.fire(at('/w/b/far.py'));
    change('topK.context.workspaceMemory', true);
    await expect.poll(() => engine.memory.size).toBe(2);
    expect(engine.names).not.toContain('file:/w/other.go');
    expect(engine.told).toHaveLength(5);
  });

  it('has the engine forget a file that is excluded after it was remembered, and tells it no other again', async () => {
    fake.activeDocument = at('/w/a/open.py');
    engine.become(true);
    await expect.poll(() => engine.memory.size).toBe(2);
    change('topK.context.excludedFiles', ['**/far.py']);
    await expect.poll(() => [...engine.memory.keys()]).toEqual(['file:/w/a/near.py']);
    expect(engine.told.slice(2)).toEqual([
      { replaceAll: false, files: [{ name: `file:/w/b/far.py${behind}` }, { name: 'file:/w/b/far.py' }] },
    ]);
    change('topK.context.excludedFiles', []);
    await expect.poll(() => [...engine.memory.keys()]).toEqual(['file:/w/a/near.py', 'file:/w/b/far.py']);
    expect(engine.told).toHaveLength(4);
  });

  it('has the engine forget a file that the project ignores now', async () => {
    fake.activeDocument = at('/w/a/open.py');
    engine.become(true);
    await expect.poll(() => engine.memory.size).toBe(2);
    ignoredPart = '/w/a/';
    ignored.fire();
    await expect.poll(() => [...engine.memory.keys()]).toEqual(['file:/w/b/far.py']);
  });

  it('forgets at once: before the files that still wait, also one that is on its way', async () => {
    for (let file = 0; file < 20; file++) fake.files.set(`file:/w/b/many${file}.py`, 'text');
    let answer = (): void => {};
    engine.answering = new Promise<void>((resolve) => (answer = resolve));
    fake.activeDocument = at('/w/a/open.py');
    engine.become(true);
    await expect.poll(() => engine.told).toHaveLength(1);
    expect(engine.names).toEqual(['file:/w/b/far.py']);
    change('topK.context.excludedFiles', ['**/far.py']);
    answer();
    await expect.poll(() => engine.told.length).toBeGreaterThan(20);
    expect(engine.told[1]!.files).toContainEqual({ name: 'file:/w/b/far.py' });
    expect(engine.memory.has('file:/w/b/far.py')).toBe(false);
    expect(engine.memory.size).toBe(21);
  });

  it('has the engine forget a file that was saved with a secret in it, and all of a folder that is gone', async () => {
    fake.activeDocument = at('/w/a/open.py');
    engine.become(true);
    await expect.poll(() => engine.memory.size).toBe(2);
    fake.files.set('file:/w/b/far.py', '-----BEGIN PRIVATE KEY-----');
    fake.documentSaved.fire(at('/w/b/far.py'));
    await expect.poll(() => [...engine.memory.keys()]).toEqual(['file:/w/a/near.py']);
    fake.filesDeleted.fire({ files: [at('/w/a').uri] });
    await expect.poll(() => engine.memory.size).toBe(0);
  });

  it('sends nothing again for settings that have nothing to do with it', async () => {
    fake.activeDocument = at('/w/a/open.py');
    engine.become(true);
    await expect.poll(() => engine.memory.size).toBe(2);
    change('topK.context.clipboard', true);
    change('topK.candidates', 7);
    fake.activeEditorChanged.fire({ document: at('/w/other.go') });
    await expect.poll(() => engine.names).toContain('file:/w/other.go');
    expect(engine.told).toHaveLength(3);
  });

  it('knows files of a kind by their language: headers with sources, and names without an extension', async () => {
    for (const name of ['/w/x.h', '/w/x.cpp', '/w/x.c', '/w/Dockerfile', '/w/Makefile', '/w/LICENSE'])
      fake.files.set(`file:${name}`, name);
    fake.activeDocument = at('/w/open.cpp', 'cpp');
    engine.become(true);
    await expect.poll(() => engine.names).toHaveLength(3);
    expect(engine.names.toSorted()).toEqual(['file:/w/x.c', 'file:/w/x.cpp', 'file:/w/x.h']);
    fake.activeEditorChanged.fire({ document: at('/w/x.h', 'c') });
    fake.activeEditorChanged.fire({ document: at('/w/LICENSE', 'plaintext') });
    fake.activeEditorChanged.fire({ document: at('/w/Dockerfile', 'dockerfile') });
    fake.activeEditorChanged.fire({ document: at('/w/Makefile', 'makefile') });
    await expect.poll(() => engine.names).toHaveLength(5);
    expect(engine.names.slice(3)).toEqual(['file:/w/Dockerfile', 'file:/w/Makefile']);
  });

  it('does not read what lies in folders of generated files, also when such a file is saved', async () => {
    fake.activeDocument = at('/w/a/open.py');
    engine.become(true);
    await expect.poll(() => engine.names).toHaveLength(2);
    fake.files.set('file:/w/node_modules/x.py', 'generated');
    fake.documentSaved.fire(at('/w/node_modules/x.py'));
    fake.documentSaved.fire(at('/w/a/near.py'));
    await expect.poll(() => engine.names).toHaveLength(3);
    expect(engine.names.at(-1)).toBe('file:/w/a/near.py');
  });

  it('says what is remembered', async () => {
    expect(reader.memoryStatus).toEqual({ files: 0, tokens: 0, changedAt: undefined });
    fake.activeDocument = at('/w/a/open.py');
    engine.become(true);
    await expect.poll(() => reader.memoryStatus).toMatchObject({ files: 2, tokens: 14 });
    expect(reader.memoryStatus.changedAt).toBeTypeOf('number');
    engine.become(false);
    expect(reader.memoryStatus.files).toBe(0);
  });
});

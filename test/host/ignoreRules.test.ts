import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { GitIgnore } from '../../src/editor/context/gitIgnore';
import { IgnoreRules } from '../../src/editor/context/ignoreRules';
import { logTo } from '../../src/protocol/log';
import { until } from '../e2e/support/until';

const files = {
  '.gitignore': '/generated/\n*.log\nkept/*\n!kept/this.py\n',
  'generated/deep/table.py': '',
  'notes.log': '',
  'kept/this.py': '',
  'kept/other.py': '',
  'inner/.gitignore': '# of this folder\n/local.py\n!*.log\nbuild/\n',
  'inner/local.py': '',
  'inner/notes.log': '',
  'inner/deeper/local.py': '',
  'inner/deeper/build/out.py': '',
  'node_modules/package/index.js': '',
  'hidden/below/secret.py': '',
  'searchless/found.py': '',
  'plain.py': '',
};
const isIgnored: Readonly<Partial<Record<keyof typeof files, boolean>>> = {
  'generated/deep/table.py': true,
  'notes.log': true,
  'kept/this.py': false,
  'kept/other.py': true,
  'inner/local.py': true,
  'inner/notes.log': false,
  'inner/deeper/local.py': false,
  'inner/deeper/build/out.py': true,
  'node_modules/package/index.js': true,
  'hidden/below/secret.py': true,
  'searchless/found.py': true,
  'plain.py': false,
};

let rules: IgnoreRules;
const errors: unknown[] = [];
const at = (file: string) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, 'tree', file);
const write = (file: string, text: string) => vscode.workspace.fs.writeFile(at(file), new TextEncoder().encode(text));
const exclude = (section: string, patterns: object | undefined) =>
  vscode.workspace.getConfiguration().update(section, patterns, vscode.ConfigurationTarget.Workspace);

before(async () => {
  for (const [file, text] of Object.entries(files)) await write(file, text);
  await exclude('files.exclude', { 'tree/hidden': true });
  await exclude('search.exclude', { 'tree/searchless/': true });
  rules = new IgnoreRules(logTo((_, message) => errors.push(message)));
});
after(async () => {
  rules.dispose();
  await exclude('files.exclude', undefined);
  await exclude('search.exclude', undefined);
  await vscode.workspace.fs.delete(at(''), { recursive: true });
  assert.deepEqual(errors, []);
});

describe('the rules for ignored files', () => {
  for (const [file, expected] of Object.entries(isIgnored))
    it(`${expected ? 'leave out' : 'keep'} ${file}`, async () => {
      assert.equal(await rules.isIgnored(at(file)), expected);
    });

  it('include those of the repository around the folder, but not of one that ignores the folder itself', async () => {
    await write('repository/.git/HEAD', '');
    await write('repository/.gitignore', '*.secret\n/home/*\n!/home/own/\n');
    await write('repository/packages/.gitignore', '/inner/built/\n');
    const below = (folder: string, path: string) => new GitIgnore().ignores(at(`repository/${folder}`), path);
    assert.equal(await below('packages/inner', 'a/token.secret'), true);
    assert.equal(await below('packages/inner', 'built/out.js'), true);
    assert.equal(await below('packages/inner', 'src/built/out.js'), false);
    assert.equal(await below('home/own', 'token.secret'), true);
    assert.equal(await below('home/other', 'token.secret'), false);
  });

  it('count what is not known yet as ignored', async () => {
    assert.equal(rules.mayBeIgnored(at('plain.py')), true);
    await until('the answer', () => !rules.mayBeIgnored(at('plain.py')));
  });

  it('are read again when a .gitignore or a setting changes', async () => {
    await write('inner/.gitignore', 'fresh.py\n');
    await until('the new rule', () => rules.isIgnored(at('inner/fresh.py')));
    assert.equal(await rules.isIgnored(at('inner/local.py')), false);
    await exclude('search.exclude', { 'tree/plain.py': true });
    assert.equal(await rules.isIgnored(at('plain.py')), true);
    assert.equal(await rules.isIgnored(at('searchless/found.py')), false);
  });
});

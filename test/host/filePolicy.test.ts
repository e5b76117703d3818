import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { secretFilePatterns } from '../../src/completion/snippets/secretFiles';
import { kindOf } from '../../src/editor/context/fileKind';
import { matchesAny } from '../../src/editor/context/ignoreRules';
import { secretPaths, usualPaths } from '../support/secretPaths';

const at = (path: string) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, path);

describe('the list of secret files, as VS Code reads its patterns', () => {
  for (const path of secretPaths)
    it(`keeps ${path} out`, () => assert.equal(matchesAny(at(path), secretFilePatterns), true));
  for (const path of usualPaths)
    it(`lets ${path} in`, () => assert.equal(matchesAny(at(path), secretFilePatterns), false));
});

describe('kinds of files, by the languages that VS Code brings along', () => {
  const kind = (name: string, languageId: string) => kindOf({ uri: at(name), languageId })!;

  it('join headers and sources', () => {
    assert.ok(kind('a.cpp', 'cpp').includes('b.h'));
    assert.ok(kind('a.h', 'c').includes('b.cpp'));
    assert.ok(!kind('a.cpp', 'cpp').includes('b.py'));
  });

  it('have names without an extension', () => {
    assert.ok(kind('Dockerfile', 'dockerfile').includes('sub/Dockerfile'));
    assert.ok(kind('Makefile', 'makefile').includes('sub/Makefile'));
  });

  it('are found in a workspace by their pattern', async () => {
    const found = await vscode.workspace.findFiles(kind('a.py', 'python').glob);
    assert.ok(found.some(({ path }) => path.endsWith('/statistics.py')));
  });
});

import { describe, expect, it } from 'vitest';
import { languageIdOfFile, languageIds } from '../../../src/text/languageIds';

describe('languageIdOfFile', () => {
  it.each([
    ['src/a.py', 'python'],
    ['C:\\work\\Main.TSX', 'typescriptreact'],
    ['/a.b/c.d/readme.md', 'markdown'],
    ['build.mk', 'makefile'],
    ['Makefile', 'makefile'],
    ['Makefile.am', 'makefile'],
    ['docker/Dockerfile.dev', 'dockerfile'],
    ['CMakeLists.txt', 'cmake'],
    ['notes.txt', 'plaintext'],
    ['.bashrc', 'shellscript'],
    ['a.h', 'cpp'],
    ['tsconfig.json', 'jsonc'],
    ['package.json', 'json'],
    ['.git/COMMIT_EDITMSG', 'git-commit'],
    ['a.c', 'c'],
  ])('knows %s as %s', (path, id) => {
    expect(languageIdOfFile(path)).toBe(id);
  });

  it.each(['', 'LICENSE', 'a.', 'a.unheardof', 'py', 'a.py/b', 'constructor', 'a.constructor', '__proto__'])(
    'says nothing of %j',
    (path) => {
      expect(languageIdOfFile(path)).toBeUndefined();
    },
  );

  it('has an ending or a name for every identifier once', () => {
    expect(new Set(languageIds).size).toBe(languageIds.length);
    expect(languageIds.length).toBeGreaterThan(50);
  });
});

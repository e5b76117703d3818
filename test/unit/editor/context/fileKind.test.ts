import type * as vscode from 'vscode';
import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../../src/editor/context/fileKind';
import { Uri } from '../../../support/vscode';

const kind = (name: string, languageId: string) =>
  kindOf({ uri: Uri.parse(`file:/w/${name}`) as unknown as vscode.Uri, languageId });

describe('kindOf', () => {
  it('is the same for all files of a language and its relatives', () => {
    expect(kind('a.h', 'c')?.glob).toBe('**/{*.c,*.cpp,*.h,*.hpp,*.i}');
    expect(kind('a.cpp', 'cpp')?.glob).toBe(kind('a.h', 'c')?.glob);
    expect(kind('a.py', 'python')?.includes('/w/b.pyi')).toBe(true);
    expect(kind('a.py', 'python')?.includes('/w/SConstruct')).toBe(true);
    expect(kind('a.py', 'python')?.includes('/w/a.go')).toBe(false);
  });

  it('takes in an extension that only the user gives to the language', () => {
    expect(kind('a.inc', 'go')?.includes('/w/b.inc')).toBe(true);
    expect(kind('a.inc', 'go')?.includes('/w/b.go')).toBe(true);
  });

  it('goes by the extension alone where the language says nothing', () => {
    expect(kind('a.foo', 'plaintext')?.glob).toBe('**/*.foo');
    expect(kind('a.foo', 'of-no-extension')?.glob).toBe('**/*.foo');
    expect(kind('LICENSE', 'plaintext')).toBeUndefined();
    expect(kind('a.{x}', 'plaintext')).toBeUndefined();
  });
});

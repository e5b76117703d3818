import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RecentEdits } from '../../../../src/editor/context/recentEdits';
import { FakeTextDocument } from '../../../support/textDocument';
import { fake, Range } from '../../../support/vscode';

let edits: RecentEdits;
const here = new FakeTextDocument('file:/w/here.py', '');
const edit = (document: FakeTextDocument, line: number): void =>
  fake.documentChanged.fire({ document, contentChanges: [{ range: new Range(line, 0, line, 1) }] });
const told = (): string[] => edits.others(here.asDocument).map(({ file }) => file.path);

beforeEach(() => {
  fake.reset();
  edits = new RecentEdits();
});
afterEach(() => edits.dispose());

describe('RecentEdits', () => {
  it('gives the places edited last in other documents, the newest first', () => {
    const other = new FakeTextDocument('file:/w/other.py', 'line\n'.repeat(60));
    edit(other, 2);
    edit(other, 50);
    edit(other, 4);
    edit(here, 0);
    const texts = edits.others(here.asDocument).map(({ file }) => file.text.length / 'line\n'.length);
    expect(texts).toEqual([13, 17]);
    fake.documentClosed.fire(other);
    expect(told()).toEqual([]);
  });

  it('takes only what a user writes', () => {
    for (const scheme of ['output', 'git', 'chat-editing-text-model', 'vscode-chat-code-block', 'comment', 'debug'])
      edit(new FakeTextDocument(`${scheme}:/w/other.py`, 'secret'), 0);
    expect(told()).toEqual([]);
    for (const scheme of ['file', 'untitled', 'vscode-vfs'])
      edit(new FakeTextDocument(`${scheme}:/w/${scheme}.py`, 'text'), 0);
    expect(told()).toEqual(['/w/vscode-vfs.py', '/w/untitled.py', '/w/file.py']);
  });
});

import type * as vscode from 'vscode';
import { beforeEach, describe, expect, it } from 'vitest';
import { TypeThroughCache } from '../../../../src/completion/offer/typeThroughCache';
import { caretContextAt } from '../../../../src/editor/complete/caretContext';
import { FakeTextDocument } from '../../../support/textDocument';
import { fake, Position, Uri } from '../../../support/vscode';

beforeEach(() => fake.reset());

/** The context at the mark `|` in a text. */
function contextAt(marked: string) {
  const offset = marked.indexOf('|');
  const document = new FakeTextDocument('file:/w/a.py', marked.replace('|', ''));
  return caretContextAt(document.asDocument, document.positionAt(offset) as unknown as vscode.Position);
}

describe('caretContextAt', () => {
  it('has the line ends of completions in a CRLF document, so that one is typed through over them', () => {
    const cache = new TypeThroughCache<string>();
    const { documentUri, document } = contextAt('if x:\r\n    a = 1|\r\nelse:\r\n');
    expect(document).toMatchObject({ prefix: 'if x:\n    a = 1', suffix: '\nelse:\n' });
    cache.rememberCompletion({ documentUri, ...document }, { text: '0\n    b = 2', replaceLength: 0, value: '' });
    const later = contextAt('if x:\r\n    a = 10\r\n    b|\r\nelse:\r\n').document;
    expect(cache.lookup({ documentUri, ...later })?.text).toBe(' = 2');
  });

  it('names a cell as its notebook, and goes on from the cells of its language above', () => {
    const cells = ['import a', '# Title', 'a.'].map((text, index) => ({
      document: new FakeTextDocument(
        `vscode-notebook-cell:/w/n.ipynb#${index}`,
        text,
        index === 1 ? 'markdown' : 'python',
      ),
    }));
    fake.notebooks.push({ uri: Uri.parse('file:/w/n.ipynb'), getCells: () => cells });
    const { document } = caretContextAt(cells[2]!.document.asDocument, new Position(0, 2) as never);
    expect(document).toMatchObject({ path: '/w/n.ipynb', prefix: 'import a\n\na.' });
  });
});

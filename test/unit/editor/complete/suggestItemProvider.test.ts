import type * as vscode from 'vscode';
import { beforeEach, describe, expect, it } from 'vitest';
import { readSettings } from '../../../../src/editor/settings/settings';
import { SuggestItemProvider, type SuggestItemServices } from '../../../../src/editor/complete/suggestItemProvider';
import { FakeTextDocument } from '../../../support/textDocument';
import { fake } from '../../../support/vscode';

beforeEach(() => fake.reset());

describe('SuggestItemProvider', () => {
  it('reads nothing of the document while the setting is off', async () => {
    const errors: unknown[] = [];
    const document = new FakeTextDocument('file:/w/a.py', 'text');
    document.getText = () => {
      throw new Error('the document was read');
    };
    const provider = new SuggestItemProvider({
      engine: { isReady: true },
      settingsFor: () => readSettings(undefined, () => {}),
      reportError: (error: unknown) => errors.push(error),
    } as unknown as SuggestItemServices);
    const token = {} as vscode.CancellationToken;
    expect(await provider.provideCompletionItems(document.asDocument, {} as vscode.Position, token)).toEqual([]);
    expect(errors).toEqual([]);
  });
});

import type * as vscode from 'vscode';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Definitions } from '../../../../src/editor/context/definitions';
import { logTo } from '../../../../src/protocol/log';
import { FakeTextDocument } from '../../../support/textDocument';
import { fake, Position, Range } from '../../../support/vscode';

const errors: unknown[] = [];
let mayRead = true;
let definitions: Definitions;
const here = new FakeTextDocument('file:/w/here.py', 'mean(values)\n');
const there = new FakeTextDocument('file:/w/there.py', '');
const known = (): string[] =>
  definitions.near(here.asDocument, new Position(1, 0) as unknown as vscode.Position).map(({ file }) => file.text);
const lookUps = (): number => fake.executed.length;

beforeEach(async () => {
  fake.reset();
  errors.length = 0;
  mayRead = true;
  definitions = new Definitions(
    { mayRead: async () => mayRead },
    logTo((_, message) => errors.push(message)),
  );
  there.text = 'def mean(values): ...\n';
  fake.documents.set(there.uri.toString(), there);
  fake.commandAnswers.set('vscode.executeDefinitionProvider', [{ uri: there.uri, range: new Range(0, 0, 0, 3) }]);
  expect(known()).toEqual([]);
  await expect.poll(() => known()).toHaveLength(2);
});
afterEach(() => {
  definitions.dispose();
  expect(errors).toEqual([]);
});

describe('Definitions', () => {
  it('asks for a name once while nothing changes, also while its own document is typed in', () => {
    fake.documentChanged.fire({ document: here });
    expect(known()).toHaveLength(2);
    expect(lookUps()).toBe(2);
  });

  it('drops the text of a definition when its document changes', async () => {
    there.text = 'def mean(numbers): ...\n';
    fake.documentChanged.fire({ document: there });
    expect(known()).toEqual([]);
    await expect.poll(() => known()[0]).toBe(there.text);
  });

  it('asks anew for the names of a saved document, and for those that had no definition', async () => {
    fake.documentSaved.fire({ uri: here.uri });
    fake.commandAnswers.set('vscode.executeDefinitionProvider', []);
    expect(known()).toEqual([]);
    expect(lookUps()).toBe(4);
    fake.documentSaved.fire({ uri: there.uri });
    expect(known()).toEqual([]);
    expect(lookUps()).toBe(6);
  });

  it('does not open a file that may not be read', async () => {
    mayRead = false;
    fake.documentSaved.fire({ uri: here.uri });
    expect(known()).toEqual([]);
    await expect.poll(() => lookUps()).toBe(4);
    await new Promise((resolve) => setImmediate(resolve));
    expect(known()).toEqual([]);
  });
});

import type * as vscode from 'vscode';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IgnoreRules } from '../../../../src/editor/context/ignoreRules';
import { logTo } from '../../../../src/protocol/log';
import { fake, Uri, workspace } from '../../../support/vscode';

// What the rules say is tested in a real extension host, test/host/ignoreRules.test.ts.
const errors: unknown[] = [];
let rules: IgnoreRules;
const at = (name: string) => Uri.parse(`file:/w/${name}`) as unknown as vscode.Uri;

beforeEach(() => {
  fake.reset();
  errors.length = 0;
  fake.workspaceFolder = { uri: Uri.parse('file:/w') };
  rules = new IgnoreRules(logTo((_, message) => errors.push(message)));
});
afterEach(() => {
  rules.dispose();
  vi.restoreAllMocks();
});

describe('IgnoreRules', () => {
  it('takes a file whose rules cannot be read for an ignored one, and says so once', async () => {
    const reading = vi.spyOn(workspace.fs, 'readFile').mockRejectedValue(new Error('no permission'));
    for (let request = 0; request < 3; request++) {
      expect(rules.mayBeIgnored(at('one.py'))).toBe(true);
      expect(await rules.isIgnored(at('two.py'))).toBe(true);
    }
    expect(errors).toEqual(['no permission']);
    expect(reading).toHaveBeenCalledTimes(1);
  });

  it('asks anew when a setting that it depends on changes', async () => {
    vi.spyOn(workspace.fs, 'readFile').mockRejectedValueOnce(new Error('not connected yet'));
    expect(await rules.isIgnored(at('one.py'))).toBe(true);
    fake.configurationChanged.fire({ affectsConfiguration: (section) => section === 'search.exclude' });
    expect(await rules.isIgnored(at('one.py'))).toBe(false);
  });
});

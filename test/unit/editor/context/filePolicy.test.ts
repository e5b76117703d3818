import type * as vscode from 'vscode';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FilePolicy } from '../../../../src/editor/context/filePolicy';
import { SettingsReader } from '../../../../src/editor/settings/settingsReader';
import { silentLog } from '../../../../src/protocol/log';
import { secretPaths, usualPaths } from '../../../support/secretPaths';
import { EventEmitter, fake, Uri } from '../../../support/vscode';

let settings: SettingsReader;
let policy: FilePolicy;
let rulesChanged: EventEmitter<void>;
let changes: number;
const at = (path: string) => Uri.parse(`file:/w/${path}`) as unknown as vscode.Uri;
const set = (patterns: unknown): void => {
  fake.settings.set('topK.context.excludedFiles', patterns);
  fake.configurationChanged.fire({
    affectsConfiguration: (section) => 'topK.context.excludedFiles'.startsWith(section),
  });
};

beforeEach(() => {
  fake.reset();
  settings = new SettingsReader(silentLog);
  rulesChanged = new EventEmitter<void>();
  policy = new FilePolicy({
    settings,
    ignoreRules: {
      isIgnored: async (uri) => uri.path.includes('/ignored/'),
      mayBeIgnored: (uri) => uri.path.includes('/ignored/') || uri.path.includes('/unknown/'),
      onDidChange: rulesChanged.event as unknown as vscode.Event<void>,
    },
  });
  changes = 0;
  policy.onDidChange(() => changes++);
});
afterEach(() => {
  policy.dispose();
  settings.dispose();
});

describe('FilePolicy', () => {
  it.each(secretPaths)('keeps %s out everywhere', async (path) => {
    expect(policy.mayComplete({ uri: at(path) })).toBe(false);
    expect(await policy.mayRead(at(path))).toBe(false);
    expect(policy.mayReadNow(at(path))).toBe(false);
  });

  it.each(usualPaths)('lets %s in everywhere', async (path) => {
    expect(policy.mayComplete({ uri: at(path) })).toBe(true);
    expect(await policy.mayRead(at(path))).toBe(true);
    expect(policy.mayReadNow(at(path))).toBe(true);
  });

  it('adds the patterns of the setting to the list, and lets in what one with an exclamation mark names', () => {
    set(['**/private.py', '!**/.npmrc', '!**/.env.example']);
    expect(policy.mayComplete({ uri: at('private.py') })).toBe(false);
    expect(policy.mayComplete({ uri: at('.env') })).toBe(false);
    expect(policy.mayComplete({ uri: at('.npmrc') })).toBe(true);
    expect(policy.mayReadNow(at('.env.example'))).toBe(true);
    set([]);
    expect(policy.mayComplete({ uri: at('private.py') })).toBe(true);
    expect(policy.mayComplete({ uri: at('.npmrc') })).toBe(false);
  });

  it('completes an ignored file that is written in, and shows none beside it', async () => {
    expect(policy.mayComplete({ uri: at('ignored/a.py') })).toBe(true);
    expect(await policy.mayRead(at('ignored/a.py'))).toBe(false);
    expect(policy.mayReadNow(at('ignored/a.py'))).toBe(false);
  });

  it('counts what is not known yet as not allowed', () => expect(policy.mayReadNow(at('unknown/a.py'))).toBe(false));

  it('shows no text with a secret in it, whatever its name', () => {
    expect(policy.mayUse({ path: 'a.ts', text: '-----BEGIN EC PRIVATE KEY-----' })).toBe(false);
    expect(policy.mayUse({ path: 'a.ts', text: '-----BEGIN PUBLIC KEY-----' })).toBe(true);
  });

  it('tells when the answers may be others', () => {
    set(['**/a.py']);
    expect(changes).toBe(1);
    rulesChanged.fire();
    expect(changes).toBe(2);
    fake.configurationChanged.fire({ affectsConfiguration: (section) => 'topK.context.siblings'.startsWith(section) });
    expect(changes).toBe(2);
  });
});

import fc from 'fast-check';
import type * as vscode from 'vscode';
import { beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../../src/protocol/log';
import {
  describeInvalidSetting,
  type InvalidSetting,
  readSettings,
  settings,
} from '../../../../src/editor/settings/settings';
import { SettingsReader } from '../../../../src/editor/settings/settingsReader';
import type { SettingDefinition } from '../../../../src/editor/settings/settingDefinition';
import { fake, Uri } from '../../../support/vscode';

const definitions: readonly (readonly [string, SettingDefinition<unknown>])[] = Object.entries(settings);
const documentIn = (languageId: string) =>
  ({ uri: Uri.parse('file:/a.txt'), languageId }) as unknown as Pick<vscode.TextDocument, 'uri' | 'languageId'>;

function read(): { settings: Record<string, unknown>; invalid: InvalidSetting[] } {
  const invalid: InvalidSetting[] = [];
  return { settings: readSettings(undefined, (one) => invalid.push(one)), invalid };
}

beforeEach(() => fake.reset());

describe('readSettings', () => {
  it('gives the defaults where nothing is set', () => {
    const { settings: values, invalid } = read();
    expect(values).toEqual(Object.fromEntries(definitions.map(([name, definition]) => [name, definition.default])));
    expect(invalid).toEqual([]);
  });

  it.each([
    ['topK.candidates', '5', 'a whole number from 1 to 50'],
    ['topK.candidates', 0, 'a whole number from 1 to 50'],
    ['topK.candidates', 51, 'a whole number from 1 to 50'],
    ['topK.candidates', 2.5, 'a whole number from 1 to 50'],
    ['topK.minimumConfidence', NaN, 'a number from 0 to 1'],
    ['topK.delayMs', 'adaptive', 'a number from 0 to 3000, or null'],
    ['topK.enable', 'true', 'true or false'],
    ['topK.multiLine', 'sometimes', '"never", "emptyLines", "always"'],
    ['topK.context.excludedFiles', ['**/.env', 3], 'a list of texts'],
    ['topK.languages', { python: 'no' }, 'an object whose values are true or false'],
    ['topK.languages', ['python'], 'an object whose values are true or false'],
    ['topK.model', null, 'a text'],
  ])('takes the default for %s = %j and says what is allowed', (key, value, allowed) => {
    fake.settings.set(key, value);
    const { settings: values, invalid } = read();
    expect(invalid).toEqual([{ key, value, allowed }]);
    const [name, definition] = definitions.find(([, candidate]) => candidate.key === key)!;
    expect(values[name]).toEqual(definition.default);
  });

  it.each([
    ['topK.candidates', 1],
    ['topK.candidates', 50],
    ['topK.delayMs', null],
    ['topK.delayMs', 0],
    ['topK.minimumConfidence', 1],
    ['topK.languages', { '*': false }],
    ['topK.executionProvider', 'cuda'],
  ])('takes %s = %j as it is', (key, value) => {
    fake.settings.set(key, value);
    const { settings: values, invalid } = read();
    expect(invalid).toEqual([]);
    expect(values[definitions.find(([, candidate]) => candidate.key === key)![0]]).toEqual(value);
  });

  it('never throws and never returns what a setting does not accept', () => {
    fc.assert(
      fc.property(fc.constantFrom(...definitions), fc.anything(), ([name, definition], value) => {
        fake.settings.set(definition.key, value);
        const { settings: values } = read();
        fake.settings.clear();
        expect(definition.accepts(values[name])).toBe(true);
      }),
    );
  });
});

describe('describeInvalidSetting', () => {
  it('names value, range and what is in force', () => {
    expect(describeInvalidSetting({ key: 'topK.candidates', value: '9', allowed: 'a whole number from 1 to 50' })).toBe(
      'topK.candidates is "9"; allowed: a whole number from 1 to 50. 5 is used.',
    );
  });
});

describe('SettingsReader', () => {
  const changed = (section: string) => ({ affectsConfiguration: (name: string) => name === section });

  it('reads once for a language until a setting of Top-K changes', () => {
    const reader = new SettingsReader(silentLog);
    reader.for(documentIn('python'));
    const { configurationReads } = fake;
    reader.for(documentIn('python'));
    expect(fake.configurationReads).toBe(configurationReads);
    fake.configurationChanged.fire(changed('editor'));
    reader.for(documentIn('python'));
    expect(fake.configurationReads).toBe(configurationReads);
    fake.settings.set('topK.candidates', 7);
    fake.configurationChanged.fire(changed('topK'));
    expect(reader.for(documentIn('python')).candidates).toBe(7);
  });

  it('honours what is set for a language', () => {
    fake.languageSettings.set('markdown', new Map([['topK.maxTokens', 64]]));
    const reader = new SettingsReader(silentLog);
    expect([reader.for(documentIn('markdown')).maxTokens, reader.for(documentIn('python')).maxTokens]).toEqual([
      64, 32,
    ]);
  });

  it('logs a value once, and lists it until it is mended', () => {
    const logged: string[] = [];
    fake.settings.set('topK.candidates', 'many');
    const reader = new SettingsReader({ warn: (message) => logged.push(message) });
    reader.for(documentIn('python'));
    reader.for(documentIn('rust'));
    fake.configurationChanged.fire(changed('topK'));
    reader.for(documentIn('python'));
    expect(logged).toHaveLength(1);
    expect(reader.invalidSettings.map(({ key }) => key)).toEqual(['topK.candidates']);
    fake.settings.set('topK.candidates', 9);
    fake.configurationChanged.fire(changed('topK'));
    expect(reader.for(documentIn('python')).candidates).toBe(9);
    expect(reader.invalidSettings).toEqual([]);
  });
});

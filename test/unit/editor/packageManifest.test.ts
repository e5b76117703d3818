import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { acceptanceScheme } from '../../../src/editor/offer/acceptanceView';
import { type CommandId, commandIds, internalCommandIds } from '../../../src/editor/commands/commandIds';
import { builtInContextKeys, contextKeys } from '../../../src/editor/contextKeys';
import { type SettingDefinition } from '../../../src/editor/settings/settingDefinition';
import { settings } from '../../../src/editor/settings/settings';

interface Property {
  readonly default: unknown;
  readonly scope: string;
  readonly order: number;
  readonly markdownDescription: string;
  readonly markdownEnumDescriptions?: readonly string[];
  readonly enumItemLabels?: readonly string[];
  readonly examples?: readonly unknown[];
  readonly ignoreSync?: boolean;
  readonly [name: string]: unknown;
}

interface Conditional {
  readonly command: string;
  readonly when: string;
}

const root = path.resolve(import.meta.dirname, '../../..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly keybindings: readonly (Conditional & { readonly key: string; readonly mac: string })[];
    readonly menus: Readonly<Record<string, readonly Conditional[]>>;
    readonly configuration: readonly {
      readonly title: string;
      readonly properties: Readonly<Record<string, Property>>;
    }[];
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly id: string;
        readonly description: string;
        readonly media: { readonly markdown: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
};
const { contributes } = manifest;
const properties = Object.assign({}, ...contributes.configuration.map((group) => group.properties)) as Readonly<
  Record<string, Property>
>;
const definitions: readonly SettingDefinition<unknown>[] = Object.values(settings);
const contributedCommands = Object.values<CommandId>(commandIds).filter((id) => !internalCommandIds.includes(id));
const machineKeys = Object.keys(properties).filter((key) => properties[key]!.scope === 'machine');

describe('settings in package.json', () => {
  it('are those of the code, each in one group', () => {
    const listed = contributes.configuration.flatMap((group) => Object.keys(group.properties));
    expect(listed.toSorted()).toEqual(definitions.map(({ key }) => key).toSorted());
  });

  it.each(definitions.map((definition) => [definition.key, definition] as const))(
    '%s has the same schema',
    (key, definition) => {
      const schemaWords = ['type', 'minimum', 'maximum', 'enum', 'items', 'additionalProperties'];
      const property = properties[key]!;
      const schema = Object.fromEntries(
        schemaWords.filter((word) => word in property).map((word) => [word, property[word]]),
      );
      expect(schema).toEqual(definition.schema);
      expect(property.default).toEqual(definition.default);
      expect(definition.accepts(property.default)).toBe(true);
      expect((property.examples ?? []).filter((example) => !definition.accepts(example))).toEqual([]);
    },
  );

  it.each(Object.entries(properties))('%s is described', (_, property) => {
    expect(property.markdownDescription).toMatch(/\.$/);
    const choices = (property['enum'] as readonly string[] | undefined)?.length;
    expect(property.markdownEnumDescriptions?.length).toBe(choices);
    expect(property.enumItemLabels?.length).toBe(choices);
    const references = [...property.markdownDescription.matchAll(/`#(.*?)#`/g)].map(([, key]) => key!);
    expect(references.filter((key) => !(key in properties))).toEqual([]);
  });

  it('are ordered without ties within their group', () => {
    for (const group of contributes.configuration) {
      const orders = Object.values(group.properties).map(({ order }) => order);
      expect(orders).toEqual(orders.map((_, index) => index + 1));
    }
  });

  it('about the machine are neither synced nor taken from an untrusted workspace', () => {
    expect(machineKeys).toEqual(expect.arrayContaining(['topK.model', 'topK.executionProvider', 'topK.threads']));
    expect(machineKeys.filter((key) => properties[key]!.ignoreSync !== true)).toEqual([]);
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    expect(restrictedConfigurations).toEqual(
      expect.arrayContaining(['topK.model', 'topK.executionProvider', 'topK.threads']),
    );
  });

  it('cannot have secrets put into prompts by an untrusted workspace', () => {
    expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toContain('topK.context.excludedFiles');
  });

  it('cannot have the clipboard read by a workspace', () => {
    expect(properties['topK.context.clipboard']!.scope).toBe('application');
  });
});

describe('commands in package.json', () => {
  it('are those of the code, without the internal ones', () => {
    expect(contributes.commands.map(({ command }) => command).toSorted()).toEqual(contributedCommands.toSorted());
  });

  it('have the category in front and not in the title', () => {
    for (const { category, title } of contributes.commands) {
      expect(category).toBe('Top-K');
      expect(title).not.toContain('Top-K');
    }
  });

  it('are the only ones that keys, menus and the walkthrough name', () => {
    const named = [...contributes.keybindings, ...Object.values(contributes.menus).flat()].map(
      ({ command }) => command,
    );
    const linked = contributes.walkthroughs
      .flatMap(({ steps }) => steps)
      .flatMap(({ description, completionEvents }) => [
        ...[...description.matchAll(/command:(topK[\w.]+)/g)].map(([, id]) => id!),
        ...completionEvents
          .filter((event) => event.startsWith('onCommand:'))
          .map((event) => event.slice('onCommand:'.length)),
      ]);
    expect([...named, ...linked].filter((id) => !contributedCommands.some((known) => known === id))).toEqual([]);
  });
});

describe('when clauses in package.json', () => {
  const clauses = [...contributes.keybindings, ...Object.values(contributes.menus).flat()].map(({ when }) => when);
  const known: readonly string[] = [...Object.values(contextKeys), ...builtInContextKeys];
  const keysOf = (clause: string): string[] => clause.replace(/'[^']*'/g, '').match(/[A-Za-z][\w.]*/g) ?? [];

  it.each([...new Set(clauses)])('%s uses known context keys only', (clause) => {
    expect(keysOf(clause).length).toBeGreaterThan(0);
    expect(keysOf(clause).filter((key) => !known.includes(key))).toEqual([]);
  });

  it('and completion events use every context key that Top-K sets', () => {
    const events = contributes.walkthroughs
      .flatMap(({ steps }) => steps)
      .flatMap(({ completionEvents }) => completionEvents);
    const used = [...clauses.flatMap(keysOf), ...events.map((event) => event.replace(/^onContext:/, ''))];
    expect(Object.values(contextKeys).filter((key) => !used.includes(key))).toEqual([]);
  });

  it('know the scheme of the figures', () => {
    expect(clauses.some((clause) => clause.includes(`resourceScheme == '${acceptanceScheme}'`))).toBe(true);
  });
});

describe('keys in package.json', () => {
  const { keybindings } = contributes;
  const partsOf = (key: string) => ({ modifiers: key.split('+').slice(0, -1), last: key.split('+').at(-1)! });

  it('ask for a completion where there is none, and show the scores of one', () => {
    const when = Object.fromEntries(keybindings.map((binding) => [binding.command, binding.when]));
    expect(when).toEqual({
      [commandIds.trigger]: 'editorTextFocus && !editorReadonly && !inlineSuggestionVisible',
      [commandIds.showScores]: 'editorTextFocus && inlineSuggestionVisible',
    });
  });

  it('type no letter on any layout: Ctrl+Alt is AltGr on Windows, and Option chooses letters on macOS', () => {
    for (const { key, mac } of keybindings) {
      const { modifiers } = partsOf(key);
      expect(modifiers.length).toBeGreaterThan(0);
      expect(modifiers).not.toEqual(expect.arrayContaining(['ctrl', 'alt']));
      expect(partsOf(mac).modifiers.some((modifier) => modifier === 'cmd' || modifier === 'ctrl')).toBe(true);
      expect(partsOf(mac).modifiers).not.toContain('alt');
    }
  });

  it('are letters, which every layout has: signs such as \\ need a modifier of their own on many', () => {
    for (const name of keybindings.flatMap(({ key, mac }) => [key, mac])) expect(partsOf(name).last).toMatch(/^[a-z]$/);
  });
});

describe('keys that a user reads of', () => {
  const ofVSCode = ['ctrl+right', 'cmd+right', 'ctrl+→', 'alt+]', 'alt+['];
  const own = contributes.keybindings.flatMap(({ key, mac }) => [key, mac]);
  const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
  const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
  const texts: Record<string, string> = {
    'README.md': read('README.md').replace(/<\/?kbd>/g, ''),
    ...Object.fromEntries(steps.map(({ media }) => [media.markdown, read(media.markdown)])),
    ...Object.fromEntries(steps.map(({ id, description }) => [`step ${id}`, description])),
    ...Object.fromEntries(Object.entries(properties).map(([key, property]) => [key, property.markdownDescription])),
  };
  const keysIn = (text: string): string[] =>
    Array.from(
      text.matchAll(/(?:(?:Ctrl|Cmd|Shift|Alt|Option|Meta)\+)+(?!Alt)([A-Z][A-Za-z]*\d*|[^\sA-Za-z])/g),
      ([key]) => key.toLowerCase(),
    );

  it.each(Object.entries(texts))('%s names none that nobody bound', (_, text) => {
    expect(keysIn(text).filter((key) => !own.includes(key) && !ofVSCode.includes(key))).toEqual([]);
  });

  it.each([
    'README.md',
    'media/walkthrough/completion.md',
    'media/walkthrough/scores.md',
    'step scores',
    'topK.enable',
  ])('%s names those of Top-K, each once', (place) => {
    const named = keysIn(texts[place]!).filter((key) => own.includes(key));
    expect(named.toSorted()).toEqual([...new Set(own)].toSorted());
  });
});

describe('files that package.json names', () => {
  it('exist', () => {
    const media = contributes.walkthroughs.flatMap(({ steps }) => steps).map((step) => step.media.markdown);
    expect([manifest.icon, ...media].filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });

  it('include an icon of 256 by 256 pixels', () => {
    const png = readFileSync(path.join(root, manifest.icon));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([256, 256]);
  });

  it('lead the first step to where the model speaks, and end it with a completion that was taken', () => {
    const [first] = contributes.walkthroughs[0]!.steps;
    expect(first!.description).toContain(`(command:${commandIds.openSample})`);
    expect(first!.completionEvents).toEqual([`onContext:${contextKeys.hasAccepted}`]);
  });

  it('make a walkthrough of settings that exist', () => {
    const events = contributes.walkthroughs
      .flatMap(({ steps }) => steps)
      .flatMap(({ completionEvents }) => completionEvents);
    const changed = events
      .filter((event) => event.startsWith('onSettingChanged:'))
      .map((event) => event.slice('onSettingChanged:'.length));
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.filter((key) => !(key in properties))).toEqual([]);
  });
});

describe('the package', () => {
  it('ships no script but those that the build makes', () => {
    const build = readFileSync(path.join(root, 'esbuild.mjs'), 'utf8');
    const shipped = readFileSync(path.join(root, '.vscodeignore'), 'utf8').matchAll(/^!dist\/(\w+)\.js$/gm);
    const names = Array.from(shipped, ([, name]) => name!);
    expect(names).toContain('extension');
    expect(names.filter((name) => !build.includes(`${name}: 'src/`))).toEqual([]);
  });
});

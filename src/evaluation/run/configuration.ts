import { Completer } from '../../completion/completer';
import type { Engine } from '../../protocol/engine';
import { type AblationName, optionsWithout } from './ablation';
import type { EvaluatedCompleter } from './evaluateCase';
import { NoContextCompleter } from './noContextCompleter';

/** What is evaluated: the product, the product without some of its parts, or the baseline that it is measured against. */
export type Configuration =
  { readonly kind: 'product'; readonly ablate: ReadonlySet<AblationName> } | { readonly kind: 'noContext' };

export const product: Configuration = { kind: 'product', ablate: new Set() };

export function completerFor(
  configuration: Configuration,
  client: Pick<Engine, 'complete' | 'warmPrompt'>,
): EvaluatedCompleter {
  if (configuration.kind === 'noContext') return new NoContextCompleter(client);
  const { ablate } = configuration;
  return Object.assign(new Completer(client, optionsWithout(ablate)), { usesMemory: !ablate.has('workspaceMemory') });
}

/** The configuration in a few words, for a heading. */
export function describeConfiguration(configuration: Configuration): string {
  if (configuration.kind === 'noContext') return 'no context: 400 tokens of prefix and token healing only';
  return configuration.ablate.size === 0 ? 'everything on' : `without ${[...configuration.ablate].join(', ')}`;
}

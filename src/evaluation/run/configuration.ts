import { Completer } from '../../completion/completer';
import type { PromptProfile } from '../../completion/prompt/prompt';
import type { Engine } from '../../protocol/engine';
import type { FillInTheMiddle } from '../../protocol/promptPart';
import { type AblationName, optionsWithout } from './ablation';
import type { EvaluatedCompleter } from './evaluateCase';
import { NoContextCompleter } from './noContextCompleter';

/** What is evaluated: the product, the product without some of its parts, or the baseline that it is measured against. */
export type Configuration =
  { readonly kind: 'product'; readonly ablate: ReadonlySet<AblationName> } | { readonly kind: 'noContext' };

export const product: Configuration = { kind: 'product', ablate: new Set() };

/** What of the model the prompts depend on; what an engine says of itself at its start is one. */
export interface PromptedModel {
  readonly fillInTheMiddle?: FillInTheMiddle | undefined;
  readonly profile?: PromptProfile | undefined;
}

/** The completer of a configuration, with prompts as the editor makes them for the model. */
export function completerFor(
  configuration: Configuration,
  client: Pick<Engine, 'complete' | 'warmPrompt'>,
  { fillInTheMiddle, profile }: PromptedModel,
): EvaluatedCompleter {
  if (configuration.kind === 'noContext') return new NoContextCompleter(client);
  const { ablate } = configuration;
  const completer = new Completer(client, {
    ...optionsWithout(ablate),
    fillInTheMiddle: () => fillInTheMiddle,
    profile: () => profile,
  });
  return Object.assign(completer, { usesMemory: !ablate.has('workspaceMemory') });
}

/** The configuration in a few words, for a heading. */
export function describeConfiguration(configuration: Configuration): string {
  if (configuration.kind === 'noContext') return 'no context: 400 tokens of prefix and token healing only';
  return configuration.ablate.size === 0 ? 'everything on' : `without ${[...configuration.ablate].join(', ')}`;
}

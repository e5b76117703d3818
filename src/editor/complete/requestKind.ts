import type { CompletionOptions } from '../../completion/completer';

/**
 * What a request for a completion comes from: a key, the user asking for one, a request of ours in place of one that came
 * too early, or an entry that is selected in the suggest widget.
 */
export type RequestKind = 'typed' | 'asked' | 'refreshed' | 'suggestEntry';

/** What requests of one kind may do. */
export interface RequestRules {
  /** Settings about what comes by itself apply: languages, snooze, comments, the middle of a line. */
  readonly obeysPreferences: boolean;
  /** Waits for the engine to start. The others are made again when it has started. */
  readonly waitsForEngine: boolean;
  /** Waits until the user pauses, and brings the prompt into the engine's cache meanwhile. */
  readonly waitsForPause: boolean;
  /** Is made again, when the prompt is in the engine's cache, where the time was too short. */
  readonly isRepeated: boolean;
  /** Of the time budget. An alternative takes about as long as the best path. */
  readonly budgetFactor: number;
  /** `firstText`: the time before the first token does not count, so that there is an answer. */
  readonly budgetFrom: NonNullable<CompletionOptions['budgetFrom']>;
  /** VS Code leafs through the alternatives of what it takes for explicit requests. */
  readonly wantsAlternatives: boolean;
  /** The confidence must reach topK.minimumConfidence. */
  readonly hasMinimumConfidence: boolean;
  /** Its completion is kept. VS Code asks for every entry that is passed over in the suggest widget: those are not. */
  readonly isRemembered: boolean;
}

const typed: RequestRules = {
  obeysPreferences: true,
  waitsForEngine: false,
  waitsForPause: true,
  isRepeated: true,
  budgetFactor: 1,
  budgetFrom: 'request',
  wantsAlternatives: false,
  hasMinimumConfidence: true,
  isRemembered: true,
};

/** A refresh is explicit for VS Code, which has had its answer in time and does not ask again at the same place. */
const explicit = {
  waitsForPause: false,
  isRepeated: false,
  budgetFactor: 4,
  budgetFrom: 'firstText',
  wantsAlternatives: true,
} as const;

export const requestRules: Readonly<Record<RequestKind, RequestRules>> = {
  typed,
  asked: { ...typed, ...explicit, obeysPreferences: false, waitsForEngine: true, hasMinimumConfidence: false },
  refreshed: { ...typed, ...explicit },
  suggestEntry: { ...typed, isRemembered: false },
};

/**
 * How a request for a completion ended. `hidden`: computed, but not worth showing; `skipped`: not computed;
 * `cancelled`: overtaken by the next request.
 */
export type DecisionOutcome = 'shown' | 'cached' | 'hidden' | 'skipped' | 'cancelled' | 'failed';

/** Why a request ended as it did, as a value. Its sentences are made in reasonTexts.ts, and nobody reads them. */
export type Reason =
  | { readonly kind: 'excludedFile' }
  | { readonly kind: 'severalCarets' }
  | { readonly kind: 'switchedOff' }
  | { readonly kind: 'languageOff'; readonly languageId: string }
  /** `until`: milliseconds since the epoch. */
  | { readonly kind: 'snoozed'; readonly until: number }
  | { readonly kind: 'onBattery' }
  | { readonly kind: 'inComment' }
  | { readonly kind: 'notInComment' }
  | { readonly kind: 'insideWord' }
  | { readonly kind: 'textFollows' }
  | { readonly kind: 'engineStarting' }
  | { readonly kind: 'engineFailed'; readonly message: string }
  /** Both from 0 to 1. */
  | { readonly kind: 'lowConfidence'; readonly confidence: number; readonly minimum: number }
  /** The time budget was used up before the first token. */
  | { readonly kind: 'late' }
  | { readonly kind: 'lineEnd' }
  | { readonly kind: 'textEnd' }
  | { readonly kind: 'trimmedAway' }
  | { readonly kind: 'changesNothing' }
  /** It holds a control character, a bidirectional mark or U+FFFD. */
  | { readonly kind: 'unprintable' }
  | { readonly kind: 'textChanged' }
  /** The editor took the request back although the text stayed the same, as when it loses the focus. */
  | { readonly kind: 'editorMovedOn' }
  | { readonly kind: 'settingChanged' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'confident'; readonly confidence: number }
  | { readonly kind: 'typedThrough' }
  | { readonly kind: 'samePlace' };

export type ReasonKind = Reason['kind'];
export type ReasonOf<Kind extends ReasonKind> = Extract<Reason, { readonly kind: Kind }>;

/** Reasons that hold for a document until a setting or the power source changes: the status bar shows them. */
export type LastingReason = ReasonOf<'excludedFile' | 'switchedOff' | 'languageOff' | 'onBattery'>;

const outcomes: Readonly<Record<ReasonKind, DecisionOutcome>> = {
  excludedFile: 'skipped',
  severalCarets: 'skipped',
  switchedOff: 'skipped',
  languageOff: 'skipped',
  snoozed: 'skipped',
  onBattery: 'skipped',
  inComment: 'skipped',
  notInComment: 'skipped',
  insideWord: 'skipped',
  textFollows: 'skipped',
  engineStarting: 'skipped',
  engineFailed: 'skipped',
  lowConfidence: 'hidden',
  late: 'hidden',
  lineEnd: 'hidden',
  textEnd: 'hidden',
  trimmedAway: 'hidden',
  changesNothing: 'hidden',
  unprintable: 'hidden',
  textChanged: 'cancelled',
  editorMovedOn: 'cancelled',
  settingChanged: 'cancelled',
  failed: 'failed',
  confident: 'shown',
  typedThrough: 'cached',
  samePlace: 'cached',
};

/** Every kind there is. */
export const reasonKinds = Object.keys(outcomes) as readonly ReasonKind[];

/** A reason belongs to one outcome. */
export function outcomeOf({ kind }: Reason): DecisionOutcome {
  return outcomes[kind];
}

import { clockTime } from '../../text/clockTime';
import type { LastingReason, Reason, ReasonKind, ReasonOf } from './reason';

/** What a user can do about a decision, as data; the editor carries it out. */
export type Remedy =
  | { readonly kind: 'endSnooze' }
  /** Ask for a completion at the place of the decision. */
  | { readonly kind: 'trigger' }
  | { readonly kind: 'switchLanguageOn'; readonly languageId: string }
  | { readonly kind: 'restartEngine' }
  | { readonly kind: 'showLog' }
  | { readonly kind: 'openSetting'; readonly key: string };

export interface Advice {
  /** What to do, in a full sentence. */
  readonly sentence: string;
  readonly remedy: Remedy;
}

interface ReasonTexts<SomeReason extends Reason> {
  /** The reason as the end of a sentence, without a full stop. */
  clause(reason: SomeReason): string;
  /** Undefined where there is nothing to do. */
  advice?(reason: SomeReason): Advice;
}

const trigger: Remedy = { kind: 'trigger' };

function openSetting(key: string, sentence = `Change ${key} in the settings.`) {
  return (): Advice => ({ sentence, remedy: { kind: 'openSetting', key } });
}

const askToTry = (): Advice => ({
  sentence: 'Ask for a completion to have it tried without the limits.',
  remedy: trigger,
});
const askForOthers = (): Advice => ({ sentence: 'Ask for a completion to have others tried.', remedy: trigger });
const pause = (): Advice => ({
  sentence: 'Pause for a moment after typing, or ask for a completion.',
  remedy: trigger,
});

/** The words of every reason; a translation replaces this table. */
const texts: { readonly [Kind in ReasonKind]: ReasonTexts<ReasonOf<Kind>> } = {
  excludedFile: {
    clause: () => 'this file is excluded by the setting topK.context.excludedFiles',
    advice: openSetting('topK.context.excludedFiles'),
  },
  severalCarets: {
    clause: () => 'there are several carets or a selection',
    advice: () => ({ sentence: 'Keep one caret and select nothing, then ask for a completion.', remedy: trigger }),
  },
  switchedOff: {
    clause: () => 'Top-K is switched off by the setting topK.enable',
    advice: openSetting('topK.enable'),
  },
  languageOff: {
    clause: ({ languageId }) => `Top-K is off for ${languageId}`,
    advice: ({ languageId }) => ({
      sentence: `Choose this to switch Top-K on for ${languageId}.`,
      remedy: { kind: 'switchLanguageOn', languageId },
    }),
  },
  snoozed: {
    clause: ({ until }) => `Top-K is snoozed until ${clockTime(new Date(until))}`,
    advice: () => ({ sentence: 'Run Top-K: End Snooze.', remedy: { kind: 'endSnooze' } }),
  },
  onBattery: {
    clause: () => 'on battery Top-K waits to be asked (topK.onBattery)',
    advice: openSetting('topK.onBattery'),
  },
  inComment: { clause: () => 'the caret is in a comment (topK.comments)', advice: openSetting('topK.comments') },
  notInComment: { clause: () => 'the caret is not in a comment (topK.comments)', advice: openSetting('topK.comments') },
  insideWord: { clause: () => 'the caret is inside a word', advice: askToTry },
  textFollows: { clause: () => 'text follows the caret on its line', advice: askToTry },
  engineStarting: {
    clause: () => 'the engine is starting',
    advice: () => ({ sentence: 'Wait a moment, then ask for a completion.', remedy: trigger }),
  },
  engineFailed: {
    clause: ({ message }) => `the engine failed: ${withoutFullStop(message)}`,
    advice: () => ({ sentence: 'Run Top-K: Restart Engine.', remedy: { kind: 'restartEngine' } }),
  },
  lowConfidence: {
    clause: ({ confidence, minimum }) => `low confidence ${confidence.toFixed(2)} < ${minimum.toFixed(2)}`,
    advice: openSetting('topK.minimumConfidence', 'Lower topK.minimumConfidence to see completions like it.'),
  },
  late: {
    clause: () => 'the time budget was used up before the first token',
    advice: openSetting('topK.budgetMs', 'Raise topK.budgetMs if you would rather wait than see nothing.'),
  },
  lineEnd: { clause: () => 'the model would end the line here', advice: askToTry },
  textEnd: { clause: () => 'the model would end the text here', advice: askToTry },
  trimmedAway: { clause: () => 'nothing was left of the completion after trimming', advice: askForOthers },
  changesNothing: { clause: () => 'it would leave the text as it is', advice: askForOthers },
  unprintable: {
    clause: () => 'it holds a character that cannot be seen (a control character, or half a character)',
    advice: askForOthers,
  },
  textChanged: { clause: () => 'the text changed', advice: pause },
  editorMovedOn: {
    clause: () => 'the editor took it back, as it does when it loses the focus',
    advice: () => ({ sentence: 'Stay in the editor for a moment, or ask for a completion.', remedy: trigger }),
  },
  settingChanged: { clause: () => 'a setting changed', advice: pause },
  failed: {
    clause: ({ message }) => withoutFullStop(message),
    advice: () => ({ sentence: 'Run Top-K: Show Log for the details.', remedy: { kind: 'showLog' } }),
  },
  confident: { clause: ({ confidence }) => `confidence ${confidence.toFixed(2)}` },
  typedThrough: { clause: () => 'what was typed agrees with the completion' },
  samePlace: { clause: () => 'same place' },
};

/** The reason as the end of a sentence, without a full stop. */
export function clauseOf(reason: Reason): string {
  return textsOf(reason).clause(reason);
}

/** What the user can do about it; undefined where there is nothing to do. */
export function adviceOn(reason: Reason): Advice | undefined {
  return textsOf(reason).advice?.(reason);
}

const statusClauses: { readonly [Kind in LastingReason['kind']]: (reason: ReasonOf<Kind>) => string } = {
  excludedFile: () => 'this file is excluded (topK.context.excludedFiles)',
  switchedOff: () => 'it is switched off (topK.enable)',
  languageOff: ({ languageId }) => `it is off for ${languageId} (topK.languages)`,
  onBattery: () => 'on battery it waits to be asked (topK.onBattery)',
};

/** The same in the words of the status bar: the end of a sentence about Top-K. */
export function statusClauseOf(reason: LastingReason): string {
  return (statusClauses[reason.kind] as (reason: LastingReason) => string)(reason);
}

/** The table's type ties each kind to its reason, which an index with a union cannot express. */
function textsOf({ kind }: Reason): ReasonTexts<Reason> {
  return texts[kind] as ReasonTexts<Reason>;
}

function withoutFullStop(text: string): string {
  return text.replace(/\.$/, '');
}

/** How much of a completion was accepted at once. */
export type AcceptedPart = 'whole' | 'word' | 'line';

/** What was counted for one language. */
export interface LanguageFigures {
  /** Completions shown. */
  readonly shown: number;
  /** Sum of their milliseconds from request to answer. */
  readonly latencyMs: number;
  readonly accepted: Readonly<Record<AcceptedPart, number>>;
  readonly acceptedCharacters: number;
  /** Of the accepted characters, those that were still in the text 30 s later. */
  readonly retainedCharacters: number;
}

/** By language id. Counts only; nothing of what was typed. */
export type AcceptanceCounts = Readonly<Record<string, LanguageFigures>>;

const nothing: LanguageFigures = {
  shown: 0,
  latencyMs: 0,
  accepted: { whole: 0, word: 0, line: 0 },
  acceptedCharacters: 0,
  retainedCharacters: 0,
};

export function countShown(counts: AcceptanceCounts, languageId: string, latencyMs: number): AcceptanceCounts {
  return addFigures(counts, languageId, { ...nothing, shown: 1, latencyMs });
}

export function countAccepted(
  counts: AcceptanceCounts,
  languageId: string,
  part: AcceptedPart,
  characters: number,
): AcceptanceCounts {
  const accepted = { ...nothing.accepted, [part]: 1 };
  return addFigures(counts, languageId, { ...nothing, accepted, acceptedCharacters: characters });
}

export function countRetained(counts: AcceptanceCounts, languageId: string, characters: number): AcceptanceCounts {
  return addFigures(counts, languageId, { ...nothing, retainedCharacters: characters });
}

export function mergeCounts(a: AcceptanceCounts, b: AcceptanceCounts): AcceptanceCounts {
  return Object.entries(b).reduce((sum, [languageId, figures]) => addFigures(sum, languageId, figures), a);
}

/** Every language together. */
export function totalOf(counts: AcceptanceCounts): LanguageFigures {
  return Object.values(counts).reduce(sumOf, nothing);
}

/** Counts from a store that may hold anything: what is no figure is left out. */
export function readCounts(stored: unknown): AcceptanceCounts {
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(
    Object.entries(stored).filter((entry): entry is [string, LanguageFigures] => isFigures(entry[1])),
  );
}

function addFigures(counts: AcceptanceCounts, languageId: string, figures: LanguageFigures): AcceptanceCounts {
  const before = Object.hasOwn(counts, languageId) ? counts[languageId]! : nothing;
  // A computed key, so that a language called "__proto__" is a language like any other.
  return { ...counts, [languageId]: sumOf(before, figures) };
}

function sumOf(a: LanguageFigures, b: LanguageFigures): LanguageFigures {
  return {
    shown: a.shown + b.shown,
    latencyMs: a.latencyMs + b.latencyMs,
    accepted: {
      whole: a.accepted.whole + b.accepted.whole,
      word: a.accepted.word + b.accepted.word,
      line: a.accepted.line + b.accepted.line,
    },
    acceptedCharacters: a.acceptedCharacters + b.acceptedCharacters,
    retainedCharacters: a.retainedCharacters + b.retainedCharacters,
  };
}

function isFigures(value: unknown): value is LanguageFigures {
  const figures = value as LanguageFigures | null | undefined;
  const numbers = [figures?.shown, figures?.latencyMs, figures?.acceptedCharacters, figures?.retainedCharacters];
  const { whole, word, line } = figures?.accepted ?? {};
  return [...numbers, whole, word, line].every((number) => Number.isFinite(number) && number! >= 0);
}

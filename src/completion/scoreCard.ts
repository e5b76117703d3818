import type { CompletionPath, ScoredToken } from './completionPath';
import { confidenceOf } from './confidence';
import { type Alignment, codeSpan, percent, table, textBar } from './markdown';

export interface ScoreCardInput {
  readonly path: CompletionPath;
  readonly alternatives: readonly CompletionPath[];
  readonly model: string;
  readonly milliseconds: number;
}

/** More tokens make a hover that has to be scrolled. */
const shownTokens = 24;
/** Characters of an alternative that tell it from the others. */
const shownCharacters = 60;

/**
 * The score card of a completion that is on offer: its tokens, the candidates of the one that the model was least decided
 * about, and the alternatives. Markdown that is read in this order by a screen reader, too; all model text is escaped.
 */
export function completionCard({ path, alternatives, model, milliseconds }: ScoreCardInput): string {
  const { tokens } = path;
  if (tokens.length === 0) return 'Top-K has no completion here.';
  const open = tokens.reduce((least, token) => (token.margin < least.margin ? token : least));
  return [
    `**Top-K**, confidence ${percent(confidenceOf(path))}: ${tokenList(tokens)}`,
    `${tokens.length === 1 ? '' : `Least decided: ${tokenSpan(open)} · `}${facts(open)}`,
    candidateTable(open),
    ...alternativeLines(alternatives),
    `_Confidence is calibrated; probabilities are the model’s own._ ${codeSpan(model)}, ${Math.round(milliseconds)} ms`,
  ].join('\n\n');
}

/** The card of one token, before or after it was accepted. */
export function tokenCard(token: ScoredToken, model: string): string {
  return [
    `**Top-K**: ${tokenSpan(token)} ${percent(token.probability)}, rank ${token.rank}`,
    facts(token),
    candidateTable(token),
    `_Model probabilities, not chances of being right._ ${codeSpan(model)}`,
  ].join('\n\n');
}

function tokenList(tokens: readonly ScoredToken[]): string {
  const spans = tokens.slice(0, shownTokens).map((token) => `${tokenSpan(token)} ${percent(token.probability)}`);
  const hidden = tokens.length - spans.length;
  return spans.join(' · ') + (hidden > 0 ? ` · and ${hidden} more` : '');
}

/** All of a token, also what was typed of it: the part that is left means little by itself. */
function tokenSpan({ typedText, text }: ScoredToken): string {
  return codeSpan(typedText + text);
}

/**
 * The k candidates by rank; the chosen one is bold. Where the workspace memory had a say, what it and the model gave stand
 * before the probability, which is their sum.
 */
function candidateTable(token: ScoredToken): string {
  const hasMemory = token.candidates.some(({ memoryShare }) => memoryShare > 0);
  const rows = token.candidates.map(({ id, text, probability, memoryShare, logit }, index) => {
    const parts = [probability * (1 - memoryShare), probability * memoryShare];
    const figures = [...(hasMemory ? parts : []), probability].map(percent);
    const cells = [String(index + 1), codeSpan(text), ...figures, logit.toFixed(2)];
    const shown = id === token.id ? cells.map((cell) => `**${cell}**`) : cells;
    return shown.toSpliced(-1, 0, textBar(probability));
  });
  const figures = [...(hasMemory ? ['model', 'memory'] : []), 'probability'];
  const header = ['rank', 'candidate', ...figures, '', 'logit'];
  const alignments: Alignment[] = ['right', 'left', ...figures.map(() => 'right' as const), 'left', 'right'];
  return table(header, alignments, rows);
}

function facts({ entropyBits, margin, remainingMass, typedText }: ScoredToken): string {
  return [
    `entropy ${entropyBits.toFixed(2)} bits`,
    `margin ${percent(margin)}`,
    `remaining mass ${percent(remainingMass)}`,
    ...(typedText === '' ? [] : [`among tokens that begin with ${codeSpan(typedText)}`]),
  ].join(' · ');
}

function alternativeLines(alternatives: readonly CompletionPath[]): string[] {
  if (alternatives.length === 0) return [];
  const lines = alternatives.map(
    (path) => `- ${codeSpan(shorten(path.text))} confidence ${percent(confidenceOf(path))}`,
  );
  return [`Alternatives:\n\n${lines.join('\n')}`];
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length > shownCharacters ? `${characters.slice(0, shownCharacters - 1).join('')}…` : text;
}

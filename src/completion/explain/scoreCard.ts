import type { CompletionPath, ScoredToken } from '../../protocol/completionPath';
import { confidenceOf, isCalibrated } from '../judge/confidence';
import { type Alignment, codeSpan, percent, table } from '../../text/markdown';
import { probabilityBar } from '../../text/probabilityBar';

export interface ScoreCardInput {
  readonly path: CompletionPath;
  readonly alternatives: readonly CompletionPath[];
  /** How many texts the user may leaf through by keys of the editor, which does not tell which one it shows: at least 1. */
  readonly itemCount: number;
  readonly model: string;
  readonly milliseconds: number;
}

/** More tokens make a hover that has to be scrolled. */
const shownTokens = 24;
/** Characters of an alternative that tell it from the others. */
const shownCharacters = 60;

/**
 * The score card of a completion that is on offer: the candidates of the token that the model was least decided about, all
 * tokens, and the alternatives. VS Code's hovers show the first 250 pixels, so what tells most is first; a screen reader
 * reads in this order, too. All model text is escaped.
 */
export function completionCard({ path, alternatives, itemCount, model, milliseconds }: ScoreCardInput): string {
  const { tokens } = path;
  if (tokens.length === 0) return 'Top-K has no completion here.';
  const open = tokens.reduce((least, token) => (token.margin < least.margin ? token : least));
  return [
    `**Top-K**, ${ofWhich(itemCount)}confidence ${percent(confidenceOf(path))} · ${tokens.length === 1 ? 'token' : 'least decided:'} ${tokenSpan(open)}`,
    candidateTable(open),
    facts(open),
    `Tokens: ${tokenList(tokens)}`,
    ...alternativeLines(alternatives),
    `_${calibrationOf(path)}; probabilities are ${sourceOf(tokens)} own._ ${codeSpan(model)}, ${Math.round(milliseconds)} ms`,
  ].join('\n\n');
}

/** The card of one token, before or after it was accepted. */
export function tokenCard(token: ScoredToken, model: string): string {
  return [
    `**Top-K**: ${tokenSpan(token)} ${percent(token.probability)}, rank ${token.rank}`,
    candidateTable(token),
    facts(token),
    `_Model probabilities, not chances of being right._ ${codeSpan(model)}`,
  ].join('\n\n');
}

function calibrationOf(path: CompletionPath): string {
  return isCalibrated(path) ? 'Confidence is calibrated' : 'Confidence is not calibrated for this model';
}

function ofWhich(itemCount: number): string {
  return itemCount === 1 ? '' : `the first of ${itemCount} alternatives: `;
}

function sourceOf(tokens: readonly ScoredToken[]): string {
  const hasMemory = tokens.some(({ candidates }) => candidates.some(({ memoryShare }) => memoryShare > 0));
  return hasMemory ? 'the model’s and the workspace memory’s' : 'the model’s';
}

/** A no-break space keeps each token and its probability in one line. */
function tokenList(tokens: readonly ScoredToken[]): string {
  const spans = tokens.slice(0, shownTokens).map((token) => `${tokenSpan(token)}\u00a0${percent(token.probability)}`);
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
    return shown.toSpliced(-1, 0, probabilityBar(probability, 10));
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

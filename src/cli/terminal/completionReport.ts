import type { CompletionPath, ScoredToken, StopReason } from '../../protocol/completionPath';
import type { Timings } from '../../protocol/messages';
import { visibleText } from '../../text/visibleText';
import { candidateTable, type TableStyle } from './candidateTable';
import type { SplitText } from '../commands/caretPlace';
import { clipEnd } from './clipText';
import { documentView, type InsertedText } from './documentView';
import { formatCount, formatDecimal, formatDuration, formatPercent } from '../../text/formatNumber';
import { escapeControls } from './terminalText';

export interface CompletionToShow extends InsertedText {
  /** Trim rules that changed the text, in the order in which they ran. */
  readonly appliedRules: readonly string[];
  readonly tokens: readonly ScoredToken[];
  readonly stopReason: StopReason;
  readonly alternatives: readonly Pick<CompletionPath, 'text' | 'tokens'>[];
  readonly timings: Timings;
  readonly model: string;
}

/** A completion for a reader: in its context, then token by token, then what else it could have been. */
export function completionReport(document: SplitText, completion: CompletionToShow, style: TableStyle): string {
  const { colors } = style;
  const sections = [
    documentView(document, completion, style),
    summary(completion, style),
    ...completion.tokens.map((token, index) => tokenSection(token, index, completion.tokens.length, style)),
  ];
  if (completion.alternatives.length > 0) sections.push(alternativesSection(completion.alternatives, style));
  sections.push(colors.dim(timingsLine(completion)));
  return sections.join('\n\n');
}

function summary(completion: CompletionToShow, { colors }: TableStyle): string {
  const { tokens, stopReason, text, appliedRules } = completion;
  if (text === '' && appliedRules.length > 0) {
    const rules = `${appliedRules.length === 1 ? 'rule' : 'rules'} ${appliedRules.join(', ')}`;
    return `All that the model wrote is cut by the ${rules} (stopped: ${stopReason}).`;
  }
  if (text === '') return `The model proposes nothing here (stopped: ${stopReason}).`;
  const marks = colors.isColorSupported ? '' : ' between « and »';
  return (
    `${colors.bold('Completion')}${marks}: ${formatCount(tokens.length, 'token')}, ` +
    `model probability ${formatPercent(pathProbability(tokens))}, stopped: ${stopReason}.`
  );
}

function tokenSection(token: ScoredToken, index: number, count: number, style: TableStyle): string {
  const { colors } = style;
  const notes = [
    ...(token.typedText === '' ? [] : [`${visibleText(token.typedText)} was typed`]),
    ...(token.drafted ? ['drafted by prompt lookup'] : []),
  ].join(', ');
  const title = `${colors.dim(`Token ${index + 1} of ${count}`)}  ${colors.dim(visibleText(token.typedText))}${colors.bold(visibleText(token.text))}`;
  const scores =
    `entropy ${formatDecimal(token.entropyBits, 2)} bits · margin ${formatPercent(token.margin)} · ` +
    `remaining mass ${formatPercent(token.remainingMass)}`;
  return [
    notes === '' ? title : `${title}  ${colors.dim(`(${notes})`)}`,
    candidateTable(token, style),
    colors.dim(`  ${scores}`),
  ].join('\n');
}

function alternativesSection(alternatives: CompletionToShow['alternatives'], { colors, width }: TableStyle): string {
  const lines = alternatives.map(({ text, tokens }, index) => {
    const probability = formatPercent(pathProbability(tokens));
    return `  ${index + 1}  ${clipEnd(visibleLines(text), width - 16)}  ${colors.dim(probability)}`;
  });
  return [colors.bold('Alternatives'), ...lines].join('\n');
}

/** A completion in one line: spaces stay spaces, line ends and tabs become signs. */
function visibleLines(text: string): string {
  return escapeControls(text.replace(/\r\n|\r|\n/g, '⏎').replaceAll('\t', '⇥'));
}

function timingsLine({ timings, model }: CompletionToShow): string {
  const drafted = timings.acceptedDraftTokens > 0 ? `, ${timings.acceptedDraftTokens} from drafts` : '';
  return [
    escapeControls(model),
    `prefill ${formatCount(timings.prefillTokens, 'token')} ${formatDuration(timings.prefillMs)}`,
    `decode ${formatCount(timings.decodedTokens, 'token')} ${formatDuration(timings.decodeMs)}${drafted}`,
    ...(timings.reusedTokens > 0 ? [`${timings.reusedTokens} reused`] : []),
  ].join(' · ');
}

/** Probability of a path: the product of its tokens', summed as logarithms so that long paths do not underflow early. */
function pathProbability(tokens: readonly Pick<ScoredToken, 'probability'>[]): number {
  return Math.exp(tokens.reduce((sum, { probability }) => sum + Math.log(probability), 0));
}

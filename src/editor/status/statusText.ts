import { clockTime } from '../../text/clockTime';
import type { QuietState } from './quietState';

/** What Top-K is doing, as the status bar shows it. */
export type StatusState =
  /** `percent` of loading the model, where it is known. */
  | { readonly kind: 'starting'; readonly percent?: number | undefined }
  /** `lastConfidence`: the calibrated confidence in the completion on offer, 0 to 1. */
  | { readonly kind: 'ready'; readonly lastConfidence?: number | undefined }
  | { readonly kind: 'thinking' }
  /** No model is loaded: before the first completion, and after a long rest. */
  | { readonly kind: 'stopped' }
  /** The last completion was not shown. */
  | { readonly kind: QuietState }
  | { readonly kind: 'snoozed'; readonly until: Date }
  /** `why` as the end of a sentence. */
  | { readonly kind: 'disabledHere'; readonly why: string }
  | { readonly kind: 'failed'; readonly message: string };

export interface StatusText {
  /** With codicons. */
  readonly text: string;
  /** A full sentence, for the tooltip and for screen readers. */
  readonly sentence: string;
}

/** @param lastConfidence of the state before: thinking keeps its text and changes only the icon, so that nothing moves. */
export function statusText(state: StatusState, lastConfidence?: number): StatusText {
  switch (state.kind) {
    case 'starting': {
      const percent = state.percent === undefined ? '' : ` ${percentOf(state.percent / 100)}`;
      return { text: `$(loading~spin) Top-K${percent}`, sentence: `Top-K is starting${percent && `,${percent}`}.` };
    }
    case 'ready': {
      const text = `$(list-ordered) ${readyLabel(state.lastConfidence)}`;
      if (state.lastConfidence === undefined) return { text, sentence: 'Top-K is ready.' };
      const percent = percentOf(state.lastConfidence).trim();
      return { text, sentence: `Top-K has a completion, confidence ${percent}.` };
    }
    case 'thinking':
      return { text: `$(loading~spin) ${readyLabel(lastConfidence)}`, sentence: 'Top-K is working on a completion.' };
    case 'stopped':
      return { text: '$(list-ordered) Top-K', sentence: 'Top-K loads its model with the next completion.' };
    case 'unsure':
      return { text: '$(eye-closed) Top-K', sentence: 'Top-K was too unsure of its last completion to show it.' };
    case 'late':
      return { text: '$(watch) Top-K', sentence: 'Top-K was too late with its last completion to show it.' };
    case 'snoozed':
      return {
        text: '$(bell-slash) Top-K',
        sentence: `Top-K is snoozed until ${clockTime(state.until)}.`,
      };
    case 'disabledHere':
      return { text: '$(circle-slash) Top-K', sentence: `Top-K is off here: ${state.why}.` };
    case 'failed':
      return { text: '$(error) Top-K', sentence: `Top-K failed: ${state.message.replace(/\.$/, '')}.` };
  }
}

function readyLabel(confidence: number | undefined): string {
  return confidence === undefined ? 'Top-K' : `Top-K ${percentOf(confidence)}`;
}

/** As wide as any other percentage below 100: a figure space (U+2007) is as wide as a digit. */
function percentOf(fraction: number): string {
  return `${String(Math.round(fraction * 100)).padStart(2, '\u2007')}%`;
}

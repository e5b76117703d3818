import type { Decision } from '../../completion/explain/decisionLog';

/** Why a completion was computed and yet not shown: nothing to act on, but no silence without a sign. */
export type QuietState = 'unsure' | 'late';

/** What a decision leaves in the status bar. */
export function quietStateOf({ outcome, reason }: Decision): QuietState | undefined {
  if (outcome !== 'hidden') return undefined;
  if (reason.kind === 'lowConfidence') return 'unsure';
  return reason.kind === 'late' ? 'late' : undefined;
}

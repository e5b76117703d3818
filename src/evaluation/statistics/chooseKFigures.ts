import { formatDecimal, formatPercent } from '../../text/formatNumber';
import type { HitPoint } from './hitCurve';
import { findKnee } from './knee';

/** What asking for k candidates costs; each k that was measured. */
export interface CostPoint {
  readonly k: number;
  /** Milliseconds for the candidates of one token. */
  readonly candidateMs: number;
  /** Median milliseconds from request to answer with the prompt in the cache. */
  readonly latencyMs: number;
}

export interface ChooseKFigures {
  /** Lines that the figures are over. */
  readonly n: number;
  readonly curve: readonly HitPoint[];
  readonly cost: readonly CostPoint[];
  /** The k from which more is not worth it; null where the curve has no knee. */
  readonly knee: number | null;
  readonly recommendation: string;
}

/** The largest k that the setting `topK.candidates` takes. */
const largestSetting = 50;

/** Marks the knee of the hit rate and says what to set. */
export function chooseKFigures(n: number, curve: readonly HitPoint[], cost: readonly CostPoint[]): ChooseKFigures {
  const index =
    curve.length < 2
      ? undefined
      : findKnee(
          curve.map(({ k }) => k),
          curve.map(({ hitRate }) => hitRate),
        );
  const knee = index === undefined ? null : curve[index]!.k;
  return { n, curve, cost, knee, recommendation: recommendation(curve, cost, knee) };
}

function recommendation(curve: readonly HitPoint[], cost: readonly CostPoint[], knee: number | null): string {
  const last = curve.at(-1)!;
  if (knee === null) {
    return `The hit rate has no knee up to k = ${last.k}; leave topK.candidates as it is, or try a larger --max-k.`;
  }
  const at = curve[knee - 1]!;
  const setting = Math.min(knee, largestSetting);
  const measured = cost.find(({ k }) => k >= knee) ?? cost.at(-1);
  const price = measured
    ? ` at ${formatDecimal(measured.candidateMs, 2)} ms a token for scoring k = ${measured.k}`
    : '';
  return (
    `Set topK.candidates to ${setting}: the expected token is among the first ${knee} in ${formatPercent(at.hitRate)} of the positions ` +
    `(${formatPercent(curve[0]!.hitRate)} for k = 1, ${formatPercent(last.hitRate)} for k = ${last.k})${price}.`
  );
}

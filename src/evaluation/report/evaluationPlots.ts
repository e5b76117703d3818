import type { JudgedCase } from '../judge/caseResult';
import { type Plot, plotColors, type PlotLayer } from './plotSvg';
import { precisionByShare } from '../statistics/precisionByShare';
import { type Figures, REPORTED_K } from '../statistics/summary';

const { main, second, quiet } = plotColors;
const shareAxis = { format: '%', tickCount: 5 } as const;
const wholeShare = { domain: [0, 1] };

/** How often the line is right, for each step of the confidence; on the diagonal the confidence is what it says. */
export function reliabilityDiagram({ reliability }: Figures): Plot {
  const diagonal: PlotLayer = {
    data: { values: [0, 1].map((value) => ({ confidence: value, accuracy: value })) },
    mark: { type: 'line', color: quiet, strokeDash: [4, 4] },
    encoding: xy('confidence', 'confidence (mean of the bin)', 'accuracy', 'exact match'),
  };
  const bins: PlotLayer = {
    data: {
      values: reliability.map(({ meanConfidence, accuracy, count }) => ({
        confidence: meanConfidence,
        accuracy,
        count,
      })),
    },
    mark: { type: 'point', filled: true, color: main, opacity: 1 },
    encoding: {
      ...xy('confidence', 'confidence (mean of the bin)', 'accuracy', 'exact match'),
      size: { field: 'count', type: 'quantitative', scale: { range: [20, 400] }, legend: null },
    },
  };
  return { description: 'Reliability diagram', width: 320, height: 320, layers: [diagonal, bins] };
}

/** Share of the expected tokens among the first k candidates, with the intervals of the reported k. */
export function hitRateOverK({ topKHit, confidenceIntervals }: Figures): Plot {
  const values = REPORTED_K.map((k) => {
    const [low, high] = confidenceIntervals.topKHit[k] ?? [topKHit[k], topKHit[k]];
    return { k, hit: topKHit[k], low, high };
  });
  const ticks: number[] = [...REPORTED_K];
  const x = { field: 'k', type: 'quantitative' as const, title: 'k', axis: { values: ticks, grid: false } };
  const y = { type: 'quantitative', title: 'expected token among the first k', axis: shareAxis } as const;
  return {
    description: 'Top-k hit rate over k',
    layers: [
      {
        data: { values },
        mark: { type: 'line', color: main, point: { color: main } },
        encoding: { x, y: { ...y, field: 'hit', scale: { zero: false } } },
      },
      {
        data: { values },
        mark: { type: 'rule', color: main },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
      },
    ],
  };
}

/** What a threshold buys: the fewer completions are shown, the more of them are right. */
export function precisionAgainstShare(cases: readonly JudgedCase[], figures: Figures): Plot {
  const { shownShare, shownPrecision, exactMatch } = figures;
  const encoding = xy('share', 'share shown', 'precision', 'exact match among shown');
  // The first few cases jump between 0 and 1, and say nothing.
  const fewest = Math.min(10, cases.length);
  const curve = precisionByShare(cases).filter(({ share }) => share * cases.length >= fewest);
  const layers: PlotLayer[] = [
    { data: { values: curve }, mark: { type: 'line', color: main, clip: true }, encoding },
    {
      data: { values: [{ precision: exactMatch }] },
      mark: { type: 'rule', color: quiet, strokeDash: [4, 4] },
      encoding: { y: encoding.y },
    },
  ];
  if (shownShare !== null && shownPrecision !== null) {
    const point = { data: { values: [{ share: shownShare, precision: shownPrecision, label: 'threshold' }] } };
    layers.push(
      { ...point, mark: { type: 'point', filled: true, size: 90, color: second, opacity: 1 }, encoding },
      {
        ...point,
        mark: { type: 'text', align: 'left', dx: 8, dy: -10 },
        encoding: { ...encoding, text: { field: 'label' } },
      },
    );
  }
  return { description: 'Precision against share shown', layers };
}

function xy(x: string, xTitle: string, y: string, yTitle: string) {
  return {
    x: { field: x, type: 'quantitative', title: xTitle, axis: shareAxis, scale: wholeShare },
    y: { field: y, type: 'quantitative', title: yTitle, axis: shareAxis, scale: wholeShare },
  } as const;
}

import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { LayerSpec } from 'vega-lite/types_unstable/spec/layer.js';
import type { UnitSpec } from 'vega-lite/types_unstable/spec/unit.js';
import type { Field } from 'vega-lite/types_unstable/channeldef.js';

/** Layers of a plot, drawn in order. */
export type PlotLayer = UnitSpec<Field> | LayerSpec<Field>;

export interface Plot {
  /** Read to those who do not see the picture. */
  readonly description: string;
  readonly width?: number;
  readonly height?: number;
  readonly layers: readonly PlotLayer[];
}

/** Colours by name from the page's style sheet, so that a plot follows the reader's light or dark. */
export const plotColors = {
  main: 'var(--main)',
  second: 'var(--second)',
  third: 'var(--third)',
  quiet: 'var(--quiet)',
} as const;

const font = 'system-ui, sans-serif';

/** Renders a plot with Vega-Lite to an SVG element, without a browser and without anything loaded from elsewhere. */
export async function renderPlot({ description, width = 440, height = 280, layers }: Plot): Promise<string> {
  const spec: TopLevelSpec = {
    description,
    width,
    height,
    background: 'transparent',
    layer: [...layers],
    config: {
      font,
      view: { stroke: null },
      axis: {
        labelColor: 'var(--text)',
        titleColor: 'var(--text)',
        gridColor: 'var(--grid)',
        domainColor: 'var(--quiet)',
        tickColor: 'var(--quiet)',
        labelFontSize: 12,
        titleFontSize: 12,
        titleFontWeight: 'normal',
        titlePadding: 8,
      },
      legend: {
        labelColor: 'var(--text)',
        titleColor: 'var(--text)',
        labelFontSize: 12,
        orient: 'bottom',
        title: null,
      },
      text: { color: 'var(--text)', fontSize: 12 },
    },
  };
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

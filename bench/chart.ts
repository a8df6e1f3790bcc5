import { barX, ruleX, text } from '@observablehq/plot';
import { own, signed, titles, type Figures } from './figures.js';
import { writePicture } from './picture.js';

const shown = { warm: 'warm page', cold: 'cold page', relay: 'first relay', mainThread: 'main thread' } as const;

/** Draws what each contender adds to servers that are written into the page. */
export function drawChart(figures: Figures): void {
  const bars = Object.entries(shown).flatMap(([key, figure]) => {
    const spreads = figures[key as keyof typeof shown];
    const baseline = spreads['inlined']!.median;
    return Object.keys(titles)
      .filter((name) => name !== 'inlined' && spreads[name])
      .map((name) => ({
        figure: `${figure} (ms)`,
        contender: titles[name]!.replaceAll('`', ''),
        value: Math.max(0, spreads[name]!.median - baseline),
        label: signed(spreads[name]!.median - baseline),
        color: own.has(name) ? '#0b6e4f' : '#9aa5ad',
      }));
  });
  writePicture(new URL('results/bench.svg', import.meta.url), {
    width: 760,
    height: 620,
    marginLeft: 230,
    marginRight: 50,
    x: { label: null, axis: null },
    y: { label: null, insetTop: 22 },
    fy: { label: null, axis: null, domain: Object.values(shown).map((figure) => `${figure} (ms)`) },
    marks: [
      barX(bars, { x: 'value', y: 'contender', fy: 'figure', fill: 'color' }),
      text(bars, { x: 'value', y: 'contender', fy: 'figure', text: 'label', textAnchor: 'start', dx: 4 }),
      text(
        [...new Set(bars.map(({ figure }) => figure))].map((figure) => ({ figure })),
        { fy: 'figure', text: 'figure', frameAnchor: 'top-left', dx: 4, dy: 6, fontWeight: 'bold' },
      ),
      ruleX([0]),
    ],
  });
}

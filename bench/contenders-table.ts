import { markdownTable } from 'markdown-table';
import { roundTo, signed, titles, type Figures } from './figures.js';
import type { Spread, Spreads } from './samples.js';

/** What each contender adds to servers that are written into the page: the median, and the middle half of the runs. */
export function contendersTable(figures: Figures): string {
  const { memory, warm, cold, relay, mainThread, requests, kB } = figures;
  return markdownTable(
    [
      ['', 'memory, µs', 'warm page, ms', 'cold page, ms', 'first relay, ms', 'main thread, ms', 'requests', 'script, kB'],
      ...Object.entries(titles).map(([name, title]) => [
        title,
        memory[name] ? roundTo(memory[name].median) : '',
        added(warm, name),
        added(cold, name),
        added(relay, name),
        added(mainThread, name),
        requests[name] ?? '',
        kB[name]?.toFixed(1) ?? '',
      ]),
    ],
    { align: ['l', 'r', 'r', 'r', 'r', 'r', 'r', 'r'] },
  );
}

function added(spreads: Spreads, name: string): string {
  const [spread, baseline] = [spreads[name], spreads['inlined']!.median];
  if (!spread) return '';
  return name === 'inlined' ? withQuartiles(spread, 0, roundTo) : withQuartiles(spread, baseline, signed);
}

function withQuartiles({ median, lowerQuartile, upperQuartile }: Spread, baseline: number, format: (value: number) => string): string {
  return `${format(median - baseline)} (${roundTo(lowerQuartile - baseline)} to ${roundTo(upperQuartile - baseline)})`;
}

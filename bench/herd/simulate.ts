import { parseArgs } from 'node:util';
import { axisY, line, ruleX, ruleY, text } from '@observablehq/plot';
import { markdownTable } from 'markdown-table';
import { writePicture } from '../picture.js';
import { writeToReadme } from '../readme.js';
import { dayOf, meanOf, minted, peakOf, peakOverMean, requestsByMinute, settledAfter, usual, type Day, type Herd } from './herd.js';
import type { Services } from './page.js';
import { costsTable } from './costs.js';

// How many requests the endpoint receives over a day from pages that all loaded in the same minute, with an outage before noon and without one.

const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
});
const herd: Herd = { ...usual, pages: Number(values.pages), seed: Number(values.seed) };
if (!(herd.pages >= 1000) || !Number.isInteger(herd.seed)) {
  throw new Error('Usage: npm run simulate -- [--pages 1000 or more] [--seed WHOLE NUMBER] [--write]');
}

/** Just before noon, when many pages would make their requests together without random refresh times. */
const outageAt = 12 * 60 - 10;
const ways: readonly (readonly [name: string, habits: Partial<Herd>])[] = [
  ['this package', {}],
  ['without random refresh times', { hasJitter: false }],
  ['without the cool-down', { hasCoolDown: false }],
  ['without either', { hasJitter: false, hasCoolDown: false }],
];
const days = ways.map(([name, habits]) => {
  const calm = requestsByMinute({ ...herd, ...habits });
  const rough = (lastsMinutes: number) => requestsByMinute({ ...herd, ...habits, outage: { from: outageAt, to: outageAt + lastsMinutes } });
  return { name, calm, ten: rough(10), hour: rough(60) };
});

const mean = meanOf(days[0]!.calm);
const multiple = (ratio: number): string => `${ratio < 100 ? ratio.toFixed(2) : ratio.toFixed(0)}×`;
const table = markdownTable([
  ['', 'busiest minute after the second refresh', 'during ten minutes of outage', 'after the outage', 'after an hour of outage'],
  ...days.map(({ name, calm, ten, hour }) => [
    name,
    multiple(peakOverMean(calm, usual.maxAgeMs)),
    multiple(peakOf(ten.subarray(outageAt, outageAt + 10)) / mean),
    multiple(peakOf(ten.subarray(outageAt + 10)) / mean),
    multiple(peakOf(hour.subarray(outageAt + 60)) / mean),
  ]),
]);

const picture = (name: string, from: number, to: number, pick: (day: (typeof days)[number]) => Float64Array): void =>
  writePicture(new URL(`../results/${name}.svg`, import.meta.url), {
    width: 720,
    height: 280,
    marginLeft: 60,
    x: { label: 'minutes since the first page was opened', domain: [from, to] },
    y: { type: 'symlog', label: 'requests per minute, relative to the mean of the day', domain: [0, 1000] },
    color: { legend: false },
    marks: [
      axisY({ ticks: [0, 1, 2, 5, 10, 50, 200, 1000], tickFormat: String }),
      ruleY([1, 2], { stroke: '#bbb', strokeDasharray: '3 3' }),
      ...(pick === tenOf ? [ruleX([outageAt, outageAt + 10], { stroke: '#bbb' })] : []),
      ...[days[1]!, days[2]!, days[0]!].map((day) =>
        line(
          Array.from(pick(day).subarray(from, to), (count, i) => ({ minute: from + i, ratio: count / mean })),
          {
            x: 'minute',
            y: 'ratio',
            stroke: colors[day.name]!,
            strokeWidth: day === days[0] ? 2 : 1,
          },
        ),
      ),
      text(
        Object.entries(colors).map(([label, color], i) => ({ label, color, x: to, y: [900, 500, 280][i]! })),
        { x: 'x', y: 'y', text: 'label', fill: 'color', textAnchor: 'end' },
      ),
    ],
  });
const tenOf = (day: (typeof days)[number]): Float64Array => day.ten;
const colors: Record<string, string> = {
  'this package': '#0b6e4f',
  'without random refresh times': '#c8553d',
  'without the cool-down': '#4a6fa5',
};

picture('herd-day', 0, 8 * 60, (day) => day.calm);
picture('herd-outage', outageAt - 15, outageAt + 75, tenOf);

const mintedPages: Herd = { ...herd, ...minted };
const calmMints = dayOf(mintedPages);
const [endpointFails, mintRouteFails] = (['endpoint', 'mintRoute'] as const).map((of) =>
  dayOf({ ...mintedPages, outage: { from: outageAt, to: outageAt + 10, of } }),
);
const worstAfterOutage = peaksAfterHourlyOutages();
const mintsTable = markdownTable([
  [
    '',
    'busiest minute after the second refresh',
    'after ten minutes of outage of the endpoint',
    'after ten minutes of outage of the mint route',
    'after the worst of 16 such outages, one per hour',
  ],
  ...(['endpoint', 'mintRoute'] as const).map((name) => {
    const afterOutage = (day: Day): string => multiple(peakOf(day[name].subarray(outageAt + 10)) / meanOf(calmMints[name]));
    return [
      name === 'endpoint' ? 'Get Credential' : 'the mint route of the app',
      multiple(peakOverMean(calmMints[name], minted.maxAgeMs)),
      afterOutage(endpointFails!),
      afterOutage(mintRouteFails!),
      multiple(worstAfterOutage[name]),
    ];
  }),
]);

/** The busiest minute, over the mean, after the worst of the outages that begin on the hour, once every page has refreshed twice. */
function peaksAfterHourlyOutages(): Record<keyof Services, number> {
  const worst = { endpoint: 0, mintRoute: 0 };
  for (let hour = Math.ceil(settledAfter(minted.maxAgeMs) / 60); hour < 24; hour++) {
    const day = dayOf({ ...mintedPages, outage: { from: hour * 60, to: hour * 60 + 10 } });
    for (const name of ['endpoint', 'mintRoute'] as const) {
      worst[name] = Math.max(worst[name], peakOf(day[name].subarray(hour * 60 + 10)) / meanOf(calmMints[name]));
    }
  }
  return worst;
}

const costs = costsTable(herd);

console.log(
  `${herd.pages} pages, seed ${herd.seed}, mean ${mean.toFixed(0)} requests per minute\n\n${table}\n\nWith minted keys that are valid for four hours\n\n${mintsTable}\n\nMillions of requests per day for ten million pages\n\n${costs}`,
);
if (values.write) {
  writeToReadme('herd', table);
  writeToReadme('herd-mints', mintsTable);
  writeToReadme('costs', costs);
}

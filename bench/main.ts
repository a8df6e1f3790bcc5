import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { barX, ruleX, text } from '@observablehq/plot';
import { markdownTable } from 'markdown-table';
import { bundle, bundleFile } from './bundle.js';
import { requestsOf } from './figures/requests.js';
import { coldLoad, firstRelay, mainThread, memoryHit, warmLoad } from './figures/times.js';
import { writePicture } from './picture.js';
import { writeToReadme } from './readme.js';
import type { Medians } from './samples.js';
import { setStage } from './stage.js';

// The package against what its users would write instead, in one browser and in turns.

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false }, rounds: { type: 'string', default: '25' } } });
const rounds = Number(values.rounds);
if (!(rounds >= 1)) throw new Error('Usage: npm run bench -- [--rounds COUNT] [--write]');

const titles: Readonly<Record<string, string>> = {
  script: 'ice-servers-loader, script tag',
  loader: 'ice-servers-loader, bundled with an app',
  snippet: 'fetch and json',
  'by-hand': 'ky and idb-keyval by hand',
  query: 'TanStack Query, IndexedDB persister',
  'stun-list': 'freeice',
  storage: 'one get of idb-keyval',
  clone: 'a structuredClone behind a promise',
};

const scripts = new Map<string, string>();
for (const name of ['loader', 'snippet', 'by-hand', 'query', 'stun-list', 'storage', 'libraries', 'memory']) {
  scripts.set(name, await bundle(name));
}
const tagFile = readFileSync(new URL('../dist/ice-servers-loader.iife.js', import.meta.url), 'utf8');
scripts.set('script', `${tagFile}\nwindow.load = IceServers.loadRTCConfiguration;`);

const kB = (code: string): number => brotliCompressSync(code).length / 1000;
const ownCode = kB(await bundleFile(new URL('../dist/index.js', import.meta.url).pathname, ['ky', 'idb-keyval']));

await using stage = await setStage(scripts);
const warmers = ['script', 'loader', 'by-hand', 'query'];
const memory = await memoryHit(stage, Math.ceil(rounds / 8));
const warm = await warmLoad(stage, [...warmers, 'storage'], rounds);
const cold = await coldLoad(stage, [...warmers, 'snippet'], rounds);
const relay = await firstRelay(stage, [...warmers, 'snippet'], Math.ceil(rounds / 2));
const main = await mainThread(stage, [...warmers, 'snippet'], rounds, false);
const mainWithScript = await mainThread(stage, [...warmers, 'snippet'], rounds, true);
const requests: Record<string, string> = {};
for (const name of ['loader', 'snippet', 'by-hand', 'query', 'stun-list']) {
  const { callers, tabs, reloads } = await requestsOf(stage, name);
  requests[name] = `${callers} / ${tabs} / ${reloads}`;
}

interface Figure {
  readonly name: string;
  readonly medians: Medians;
  readonly unit: string;
  readonly against: string;
  /** The most it may be, where a bar is set. */
  readonly bar?: number;
}

const figures: readonly Figure[] = [
  { name: '`load()`, held in memory', medians: memory, unit: 'µs', against: 'clone', bar: 1 },
  { name: 'first `load()` of a page, held in storage', medians: warm, unit: 'ms', against: 'storage', bar: 1.5 },
  { name: 'first `load()`, nothing held, endpoint at 60 ms', medians: cold, unit: 'ms', against: 'snippet', bar: 1.15 },
  {
    name: 'page open to first relay candidate, held in storage, endpoint at 100 ms',
    medians: relay,
    unit: 'ms',
    against: 'snippet',
    bar: 0.5,
  },
  { name: 'main thread during such a `load()`', medians: main, unit: 'ms', against: 'snippet', bar: 1 },
  { name: 'the same with its script', medians: mainWithScript, unit: 'ms', against: 'snippet' },
];

const shown = (value: number | undefined): string => (value === undefined ? '' : value < 10 ? value.toFixed(2) : value.toFixed(0));
const verdict = (isMet: boolean): string => (isMet ? 'met' : 'not met');
/** Some apps take the script tag and some a bundler: a bar may be met by one of them. */
const verdictOf = ([tag = Infinity, bundled = Infinity]: (number | undefined)[], bar: number): string =>
  tag <= bar && bundled > bar
    ? 'met by the script tag'
    : bundled <= bar && tag !== Infinity && tag > bar
      ? 'met by the bundle'
      : verdict(bundled <= bar);
const ratio = ({ medians, against }: Figure, name: string): number | undefined =>
  medians[name] === undefined ? undefined : medians[name] / medians[against]!;

const sizes = { script: kB(tagFile), libraries: kB(scripts.get('libraries')!) };
const table = markdownTable(
  [
    ['figure', 'against', 'bar', 'script tag', 'bundled', ''],
    ...figures.map((figure) => {
      const [tag, bundled] = [ratio(figure, 'script'), ratio(figure, 'loader')];
      const { bar } = figure;
      return [
        figure.name,
        `${titles[figure.against]}: ${shown(figure.medians[figure.against])} ${figure.unit}`,
        bar === undefined ? '' : `≤ ${bar}×`,
        tag === undefined ? '' : `${shown(tag)}×`,
        bundled === undefined ? '' : `${shown(bundled)}×`,
        bar === undefined ? '' : verdictOf([tag, bundled], bar),
      ];
    }),
    [
      'requests of 50 callers / 8 tabs / 20 reloads',
      `${titles.snippet}: ${requests.snippet}`,
      '1 / 1 / 0',
      '',
      requests.loader!,
      verdict(requests.loader === '1 / 1 / 0'),
    ],
    [
      'script-tag file, brotli',
      `ky and idb-keyval alone: ${shown(sizes.libraries)} kB`,
      '≤ 10 kB',
      `${shown(sizes.script)} kB`,
      '',
      verdict(sizes.script <= 10),
    ],
    ['own code, brotli', '', '≤ 5.5 kB', '', `${shown(ownCode)} kB`, verdict(ownCode <= 5.5)],
  ],
  { align: ['l', 'l', 'r', 'r', 'r', 'l'] },
);

const rivals = ['script', 'loader', 'snippet', 'by-hand', 'query', 'stun-list'];
const rivalTable = markdownTable(
  [
    ['', 'in memory, µs', 'in storage, ms', 'nothing held, ms', 'first relay, ms', 'main thread, ms', 'requests', 'script, kB brotli'],
    ...rivals.map((name) =>
      [titles[name]!].concat(
        [memory, warm, cold, relay, main].map((medians) => shown(medians[name])),
        requests[name] ?? '',
        shown(name === 'script' ? sizes.script : kB(scripts.get(name)!)),
      ),
    ),
  ],
  { align: ['l', 'r', 'r', 'r', 'r', 'r', 'r', 'r'] },
);

const bars = figures.slice(1, 5).flatMap(({ medians, name, unit }) =>
  Object.entries(medians).map(([contender, value]) => ({
    figure: `${name.replaceAll('`', '')} (${unit})`,
    contender: titles[contender]!,
    value,
    label: shown(value),
    colour: ['script', 'loader'].includes(contender) ? '#0b6e4f' : '#9aa5ad',
  })),
);
writePicture(new URL('results/bench.svg', import.meta.url), {
  width: 760,
  height: 520,
  marginLeft: 230,
  marginRight: 40,
  x: { label: null, axis: null },
  y: { label: null },
  fy: { label: null, axis: null },
  marks: [
    barX(bars, { x: 'value', y: 'contender', fy: 'figure', fill: 'colour' }),
    text(bars, { x: 'value', y: 'contender', fy: 'figure', text: 'label', textAnchor: 'start', dx: 4 }),
    text(
      [...new Set(bars.map(({ figure }) => figure))].map((figure) => ({ figure })),
      { fy: 'figure', text: 'figure', frameAnchor: 'bottom-right', fontWeight: 'bold' },
    ),
    ruleX([0]),
  ],
});

const result = `${table}\n\n${rivalTable}`;
writeFileSync(new URL('results/bench.md', import.meta.url), `${result}\n`);
console.log(result);
if (values.write) writeToReadme('bench', result);

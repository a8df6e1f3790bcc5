import { markdownTable } from 'markdown-table';
import { endpointMs } from './figures/times.js';
import { signed, type Figures } from './figures.js';
import type { Spread } from './samples.js';

interface Bar {
  readonly figure: string;
  readonly bar: string;
  /** The measured value of one of the package's two forms. `undefined` if it does not apply to that form. */
  readonly valueOf: (name: 'script' | 'loader') => string | undefined;
  readonly isMet: (name: 'script' | 'loader') => boolean;
}

/** The goals, and whether the two forms of the package reach them. */
export function barsTable(figures: Figures): string {
  return markdownTable(
    [
      ['figure', 'bar', 'script tag', 'bundled', ''],
      ...barsOf(figures).map(({ figure, bar, valueOf, isMet }) => {
        const forms = (['script', 'loader'] as const).filter((name) => valueOf(name) !== undefined);
        const met = forms.filter((name) => isMet(name));
        return [figure, bar, valueOf('script') ?? '', valueOf('loader') ?? '', verdict(forms, met)];
      }),
    ],
    { align: ['l', 'r', 'r', 'r', 'l'] },
  );
}

function barsOf({ memory, warm, cold, relay, mainThread, requests, kB }: Figures): Bar[] {
  const handwritten = 'by-hand';
  return [
    {
      figure: 'a `load()` from memory, against a deep copy',
      bar: '≤ 1×',
      valueOf: (name) => (name === 'loader' ? times(memory['loader']!, memory['clone']!) : undefined),
      isMet: () => memory['loader']!.median <= memory['clone']!.median,
    },
    {
      figure: 'a warm page, against one `get` of idb-keyval',
      bar: '≤ 1.3×',
      valueOf: (name) => times(warm[name]!, warm['storage']!),
      isMet: (name) => warm[name]!.median <= 1.3 * warm['storage']!.median,
    },
    difference('a cold page, against the snippet', cold, 'snippet', 8),
    notBehind('a cold page, against ky and idb-keyval by hand', cold, handwritten),
    notBehind('first relay, against ky and idb-keyval by hand', relay, handwritten),
    difference('first relay, against the snippet', relay, 'snippet', -endpointMs),
    difference('main thread, against ky and idb-keyval by hand', mainThread, handwritten, 1),
    {
      figure: 'requests of 50 callers / 8 tabs / 20 reloads',
      bar: '1 / 1 / 0',
      valueOf: (name) => requests[name],
      isMet: (name) => requests[name] === '1 / 1 / 0',
    },
    {
      figure: 'brotli: the script-tag file, and `loadRTCConfiguration` without ky and idb-keyval',
      bar: '≤ 10.5 kB, ≤ 8 kB',
      valueOf: (name) => `${(name === 'script' ? kB['script']! : kB['ownCode']!).toFixed(1)} kB`,
      isMet: (name) => (name === 'script' ? kB['script']! <= 10.5 : kB['ownCode']! <= 8),
    },
  ];
}

/** The median may differ from that of the other by at most so many milliseconds. */
function difference(figure: string, spreads: Figures['cold'], other: string, mostMs: number): Bar {
  const differenceMs = (name: string): number => spreads[name]!.median - spreads[other]!.median;
  return {
    figure,
    bar: `≤ ${signed(mostMs)} ms`,
    valueOf: (name) => `${signed(differenceMs(name))} ms`,
    isMet: (name) => differenceMs(name) <= mostMs,
  };
}

/** The median must not be above the middle half of the other's runs. */
function notBehind(figure: string, spreads: Figures['cold'], other: string): Bar {
  return {
    figure,
    bar: 'not behind',
    valueOf: (name) => times(spreads[name]!, spreads[other]!),
    isMet: (name) => spreads[name]!.median <= spreads[other]!.upperQuartile,
  };
}

function times(one: Spread, other: Spread): string {
  return `${(one.median / other.median).toFixed(2)}×`;
}

function verdict(forms: readonly string[], met: readonly string[]): string {
  if (met.length === forms.length) return 'met';
  if (met.length === 0) return 'not met';
  return met[0] === 'script' ? 'met by the script tag' : 'met by the bundle';
}

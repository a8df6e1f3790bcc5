import type { Spreads } from './samples.js';

/** Everything that one run of the benchmark measures, by the name of the contender. */
export interface Figures {
  /** Microseconds of a `load` from memory. */
  readonly memory: Spreads;
  /** Milliseconds of the first `load` of a page, with servers in storage. */
  readonly warm: Spreads;
  /** Milliseconds of the first `load` of a page, with nothing in storage. */
  readonly cold: Spreads;
  /** Milliseconds from the start of the navigation to the first relay candidate, with servers in storage. */
  readonly relay: Spreads;
  /** Milliseconds from a click until the first relay candidate: `ordinary`, and with a `pool`. */
  readonly click: Spreads;
  /** Milliseconds of the main thread for a `load` with servers in storage. */
  readonly mainThread: Spreads;
  /** The same, together with the script itself. */
  readonly withScript: Spreads;
  /** The requests of 50 callers, of 8 tabs and of 20 reloads. */
  readonly requests: Readonly<Record<string, string>>;
  /** Kilobytes of brotli. */
  readonly kB: Readonly<Record<string, number>>;
}

export const titles: Readonly<Record<string, string>> = {
  inlined: 'servers written into the page',
  script: 'ice-servers-loader, script tag',
  loader: 'ice-servers-loader, bundled',
  snippet: 'the documented `fetch` snippet',
  'by-hand': 'ky and idb-keyval by hand',
  query: 'TanStack Query, IndexedDB persister',
};

/** The names of the package's own contenders. */
export const own: ReadonlySet<string> = new Set(['script', 'loader']);

export function roundTo(value: number): string {
  return Math.abs(value) < 10 ? value.toFixed(1) : value.toFixed(0);
}

export function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${roundTo(value)}`;
}

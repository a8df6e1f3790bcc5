import { isStringKey } from './strings.js';
import type { IceOutcome, IceReport } from './types.js';
import { groupWays, type WayName, type WayState } from './ways.js';

/** What is kept of a run: no secret, no address. */
export interface EarlierRun {
  readonly time: string;
  readonly outcome: IceOutcome;
  /** The answer in words, as it was then. */
  readonly summary: string;
  readonly simulated?: string | undefined;
  readonly app: string;
  readonly region?: string | undefined;
  readonly ways: Readonly<Partial<Record<WayName, WayState>>>;
  /** The median in milliseconds, if the quality was measured. */
  readonly delay?: number | undefined;
}

/** How one run differs from the run before it. */
export interface Change {
  readonly way: WayName;
  readonly before: WayState;
  readonly after: WayState;
}

const storageKey = 'ice-connectivity:runs';
const mostRuns = 5;

export function runOf(report: IceReport): EarlierRun {
  const { time, outcome, summary, simulated, app, region, results, quality } = report;
  const urls = results.map(({ url }) => url);
  const ways = groupWays(urls, new Map(results.map((result) => [result.url, result])));
  return {
    time,
    outcome,
    summary,
    simulated,
    app,
    region,
    ways: Object.fromEntries(ways.map(({ name, state }) => [name, state])),
    delay: quality?.rtt.median,
  };
}

/** Returns the most recent earlier run with the same region and simulated problem. */
export function runBefore(run: EarlierRun, earlier: readonly EarlierRun[]): EarlierRun | undefined {
  return earlier.find(({ region, simulated }) => region === run.region && simulated === run.simulated);
}

/** Returns the ways that changed since the run before. A way that either of them did not test says nothing. */
export function changesSince(before: EarlierRun, after: EarlierRun): Change[] {
  const names = Object.keys(after.ways) as WayName[];
  return names
    .map((way) => ({ way, before: before.ways[way] ?? 'open', after: after.ways[way] ?? 'open' }))
    .filter((change) => change.before !== change.after && change.before !== 'open' && change.after !== 'open');
}

/** Returns the runs of this device, the newest first. Storage may be forbidden, or hold anything. */
export function readEarlierRuns(): EarlierRun[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isRun).slice(0, mostRuns) : [];
  } catch {
    return [];
  }
}

/** Keeps a run, and returns those that are kept. */
export function keepRun(report: IceReport): EarlierRun[] {
  const runs = [runOf(report), ...readEarlierRuns()].slice(0, mostRuns);
  try {
    localStorage.setItem(storageKey, JSON.stringify(runs));
  } catch {
    // Then they are kept as long as this page.
  }
  return runs;
}

/** Returns whether this version can show the value. Another version may have written it. */
function isRun(value: unknown): value is EarlierRun {
  const { time, summary, app, region = '', simulated = '', ways, delay = 0 } = Object(value) as Record<string, unknown>;
  const hasTexts = [time, summary, app, region, simulated].every((text) => typeof text === 'string');
  if (!hasTexts || Number.isNaN(Date.parse(String(time))) || typeof delay !== 'number') return false;
  return typeof ways === 'object' && ways !== null && Object.entries(ways).every(isKnownWay);
}

function isKnownWay([name, state]: [string, unknown]): boolean {
  return isStringKey(`way.${name}`) && isStringKey(`state.${String(state)}`);
}

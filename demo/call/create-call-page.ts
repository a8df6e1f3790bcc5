import type { IceServersOptions } from 'ice-servers-loader';
import { appOrEndpoint } from '../app-address.js';
import type { MintRoute, PageConfig } from '../page-config.js';
import type { CallState, LaneState } from './call-state.js';
import { Comparison } from './comparison.js';

const durationMs = 60_000;
const longestLifeSeconds = 20;
const refreshEveryMs = 250;

export interface CallPage {
  readonly start: () => void;
  readonly stop: () => void;
}

/** Starts, stops and shows comparisons, one at a time. */
export function createCallPage(config: PageConfig & { readonly mint: MintRoute }, show: (state: CallState) => void): CallPage {
  const { app, mint, dropsAtExpiry = false } = config;
  const lifeSeconds = Math.min(mint.lifeSeconds, longestLifeSeconds);
  const plan = { source: sourceOf(app, mint, lifeSeconds), lifeSeconds, durationMs, dropsAtExpiry };
  let comparison: Comparison | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;

  function refresh(): void {
    show(comparison?.state ?? idleState(plan));
  }

  function start(): void {
    // A second click, as in a double-click, changes nothing.
    if (timer !== undefined) return;
    timer = setInterval(refresh, refreshEveryMs);
    comparison = new Comparison(plan, () => {
      clearInterval(timer);
      timer = undefined;
      refresh();
    });
    refresh();
  }

  refresh();
  return { start, stop: () => comparison?.stop() };
}

/** What an app with its own server has: a route that creates a credential and returns its API key. */
function sourceOf(app: string, { endpoint }: MintRoute, lifeSeconds: number): IceServersOptions {
  return {
    ...appOrEndpoint(app),
    apiKey: async ({ signal }) => {
      const response = await fetch(`${endpoint}?expiryInSeconds=${lifeSeconds}`, { signal });
      if (!response.ok) throw new Error(`The demo's server issued no key: HTTP ${response.status}.`);
      return response.json();
    },
  };
}

function idleState(plan: Pick<CallState, 'durationMs' | 'lifeSeconds' | 'dropsAtExpiry'>): CallState {
  const lane: LaneState = {
    condition: 'waiting',
    tally: { sent: 0, answered: 0, lost: 0, roundTripMs: undefined },
    messages: [],
    outages: [],
    credentialEndsMs: Infinity,
  };
  return {
    durationMs: plan.durationMs,
    lifeSeconds: plan.lifeSeconds,
    dropsAtExpiry: plan.dropsAtExpiry,
    phase: 'idle',
    nowMs: 0,
    lanes: { kept: lane, plain: lane },
    firstEndMs: Infinity,
    notes: [],
    pauses: [],
    problem: undefined,
  };
}

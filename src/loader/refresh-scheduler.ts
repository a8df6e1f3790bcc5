import type { CredentialCache } from '../cache/credential-cache.js';
import { policyFor } from '../errors/error-policy.js';

/** Timers do not run while a machine sleeps, so none runs for longer than a minute. */
const longestDelayMs = 60_000;
const shortestDelayMs = 1000;
/** A timer may fire up to a millisecond early. The refresh would not be due yet, and would be a second late. */
const earlyTimerMs = 1;
/** Closing a connection fires no event, so connections are checked this often. */
const pollIntervalMs = 10_000;

/** The events after which a timer may be overdue, or a failure may have passed. */
const wakeEvents = ['online', 'pageshow', 'visibilitychange'];

export interface ScheduleSituation {
  readonly isDisposed: boolean;
  readonly autoRefresh: boolean;
  /** `keepFresh` manages a connection. */
  readonly hasConnections: boolean;
  /** There is an answer or a failure from which the next refresh can be calculated. */
  readonly hasState: boolean;
  /** A cool-down ends when the browser is online again. */
  readonly waitsForOnline: boolean;
  readonly dueInMs: number;
}

/** Returns whether to listen to the page, and the delay until the next check. If the delay is `undefined`, no timer runs. */
export function planSchedule(situation: ScheduleSituation): { readonly listens: boolean; readonly delayMs: number | undefined } {
  const { isDisposed, autoRefresh, hasConnections, hasState, waitsForOnline, dueInMs } = situation;
  if (isDisposed) return { listens: false, delayMs: undefined };
  const needsTimer = hasConnections || (autoRefresh && hasState);
  const mostMs = hasConnections ? pollIntervalMs : longestDelayMs;
  return {
    listens: hasConnections || autoRefresh || waitsForOnline,
    delayMs: needsTimer ? Math.min(Math.max(dueInMs, shortestDelayMs), mostMs) : undefined,
  };
}

/** Keeps something up to date. Returns whether it must be called again. */
export type Poll = () => boolean;

/** Refreshes in the background while `autoRefresh` or a connection of `keepFresh` needs it. */
export class RefreshScheduler {
  readonly #cache: CredentialCache;
  readonly #autoRefresh: boolean;
  readonly #disposeSignal: AbortSignal;
  readonly #refresh: () => Promise<void>;
  #poll: Poll | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** As a time of `performance.now()`. */
  #notBeforeMs = 0;

  constructor(cache: CredentialCache, autoRefresh: boolean, disposeSignal: AbortSignal, refresh: () => Promise<void>) {
    this.#cache = cache;
    this.#autoRefresh = autoRefresh;
    this.#disposeSignal = disposeSignal;
    this.#refresh = refresh;
  }

  /** Calls `poll`, the only one, after each change and every ten seconds until it returns `false`. Until then, answers are refreshed in time. */
  attach(poll: Poll): void {
    this.#poll = poll;
    this.update();
  }

  /** Polls, and resets the timer and the listeners. It must be called after each change. */
  update(): void {
    if (this.#poll?.() === false) this.#poll = undefined;
    const { current, cooldown } = this.#cache;
    const { listens, delayMs } = planSchedule({
      isDisposed: this.#disposeSignal.aborted,
      autoRefresh: this.#autoRefresh,
      hasConnections: !!this.#poll,
      hasState: !!(current ?? cooldown),
      waitsForOnline: !!cooldown && !!policyFor(cooldown.code).endsOnline,
      dueInMs: this.#dueInMs() + earlyTimerMs,
    });
    clearTimeout(this.#timer);
    this.#timer = delayMs === undefined ? undefined : setTimeout(this.#onWake, delayMs);
    this.#listen(listens);
  }

  #dueInMs(): number {
    return Math.max(this.#cache.refreshDueInMs(), this.#notBeforeMs - performance.now());
  }

  /** Refreshes. A failure without a cool-down, such as a `fetch` option that returns no Response, must not repeat every second. */
  async #refreshOrWait(): Promise<void> {
    try {
      await this.#refresh();
    } catch {
      if (!this.#cache.cooldown) this.#notBeforeMs = performance.now() + longestDelayMs;
    }
  }

  #listen(listens: boolean): void {
    for (const type of wakeEvents) {
      // Node does not have these functions.
      if (listens) globalThis.addEventListener?.(type, this.#onWake);
      else globalThis.removeEventListener?.(type, this.#onWake);
    }
  }

  readonly #onWake = (event?: Event): void => {
    if (event?.type === 'online') this.#cache.endNetworkCooldown();
    if (this.#timer !== undefined && this.#dueInMs() <= 0) void this.#refreshOrWait();
    this.update();
  };
}

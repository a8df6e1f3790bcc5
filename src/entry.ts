import { IceServersError, type IceServersErrorCode } from './errors.js';
import {
  coolDownAfter,
  dueInMs,
  freshnessAt,
  isCooling,
  isLimited,
  isValidFor,
  lifeOf,
  type CoolDown,
  type Freshness,
  type Life,
} from './freshness.js';
import type { Settings } from './options.js';
import type { Answer, Shelf } from './store.js';

/** An answer in memory. `bornMs`, in the time of `performance.now()`, makes an age that no change of the wall clock moves. */
export interface Held extends Answer, Life {
  readonly bornMs: number;
}

/** What is known of one endpoint, key and region: the answer in memory, and the failure that is remembered. */
export interface Entry {
  readonly held: Held | undefined;
  readonly cool: CoolDown | undefined;
  /** The last failure, for the status. */
  failure: IceServersError | undefined;
  readonly freshness: () => Freshness | undefined;
  /** Whether what is held may be handed out without a request, with so much known life left. */
  readonly isUsable: (minValidityMs?: number) => boolean;
  /** The error of a cool-down under way; the same object for as long as it is, so that it is reported once. */
  readonly cooling: () => IceServersError | undefined;
  /** Gives an answer its life, of which a part is drawn. */
  readonly hold: (answer: Answer, bornMs: number) => Held;
  /** Looks into storage and takes over what is newer there. */
  readonly recall: () => Promise<void>;
  /** The endpoint answered: no failure before it was asked counts. Takes the answer over, here and in storage, where it is to be kept. */
  readonly succeed: (answer: Answer, next: Held, isKept: boolean) => Promise<void>;
  /** Remembers that the endpoint failed; gives the error that says until when, where the key was refused after that is stored. */
  readonly fail: (error: IceServersError) => Promise<IceServersError>;
  /** The browser is online again. */
  readonly online: () => void;
  /** Drops all of it, here and in storage; what a 429 says stands. */
  readonly forget: () => Promise<void>;
  /** How long until a refresh behind the scenes makes sense. */
  readonly dueInMs: () => number;
}

/** What the endpoint has said no to since serves for as long as it is fresh, and no longer. */
const neverStale = (held: Held): Held => ({ ...held, staleMs: held.freshMs });

/** @param onChange hears of each change, with a source where there are new servers */
export const createEntry = (settings: Settings, shelf: Shelf, onChange: (source?: 'indexeddb' | 'network') => void): Entry => {
  let held: Held | undefined;
  let cool: CoolDown | undefined;
  let failure: IceServersError | undefined;
  /** What storage holds from before this was dropped. */
  let validFrom = -1;
  /** What storage remembers of failures up to then is over. */
  let coolFrom = -1;

  const ageOf = ({ fetchedAt, bornMs }: Held): number => {
    const wallMs = Date.now() - fetchedAt;
    return wallMs < 0 ? wallMs : Math.max(wallMs, performance.now() - bornMs);
  };

  const freshness = (): Freshness | undefined => held && freshnessAt(held, ageOf(held));

  const hold: Entry['hold'] = (answer, bornMs) => {
    const next = { ...answer, ...lifeOf(answer, settings, Math.random()), bornMs };
    return answer.isFinal ? neverStale(next) : next;
  };

  const errorOf = ({ code, status, until }: CoolDown): IceServersError =>
    failure?.retryAt === until ? failure : new IceServersError(code as IceServersErrorCode, status, until);

  const drop = (): void => {
    held = undefined;
    validFrom = Date.now();
  };

  return {
    get held() {
      return held;
    },
    get cool() {
      return cool;
    },
    get failure() {
      return failure;
    },
    set failure(error) {
      failure = error;
    },
    freshness,
    isUsable: (minValidityMs) => /fresh|ageing/.test(freshness()!) && isValidFor(held!, ageOf(held!), minValidityMs),
    cooling: () => (isCooling(cool, Date.now()) ? errorOf(cool) : undefined),
    hold,
    recall: async () => {
      const { answer, cool: kept } = await shelf.read();
      const now = Date.now();
      let source: 'indexeddb' | undefined;
      if (kept && (kept.failedAt > (cool?.failedAt ?? coolFrom) || (isLimited(kept, now) && !isLimited(cool, now)))) {
        cool = kept;
        // Another tab heard that the key is refused.
        if (kept.code === 'invalid-api-key') held = undefined;
      }
      if (answer && answer.fetchedAt <= now && answer.fetchedAt > (held?.fetchedAt ?? validFrom)) {
        if (!kept) cool = failure = undefined;
        if (held) source = 'indexeddb';
        held = hold(answer, performance.now() - (now - answer.fetchedAt));
      }
      onChange(source);
    },
    succeed: async (answer, next, isKept) => {
      cool = failure = undefined;
      coolFrom = answer.fetchedAt;
      if (!isKept) return;
      held = next;
      onChange('network');
      // Those who wait go first. They, or a listener, may drop it.
      await new Promise<void>((resolve) => void setTimeout(resolve));
      // JSON has no Infinity.
      if (held === next) await shelf.keep(answer, Math.min(answer.fetchedAt + next.staleMs, 9e15));
    },
    fail: async (error) => {
      cool = coolDownAfter(error, cool, Date.now(), Math.random());
      const told = (failure = errorOf(cool));
      // The endpoint said no: a stale answer never serves after that, and one that is fresh no longer than it is.
      const isFinal = !error.retryable;
      const isRefused = error.code === 'invalid-api-key' || (isFinal && freshness() === 'stale');
      if (isRefused) drop();
      else if (held && isFinal) held = neverStale(held);
      const writing = shelf.cool(cool, isRefused);
      onChange();
      // Whoever hears of it may leave the page in the same moment: the next one must not find what was refused.
      if (isRefused) await writing;
      return told;
    },
    online: () => {
      if (cool?.code !== 'network') return;
      coolFrom = cool.failedAt;
      cool = undefined;
      void shelf.cool(cool, false);
    },
    forget: () => {
      drop();
      if (cool?.code !== 'rate-limited') cool = undefined;
      coolFrom = validFrom;
      onChange();
      return shelf.cool(cool, true);
    },
    dueInMs: () => (settings.expiresAt <= Date.now() ? Infinity : dueInMs(held, held ? ageOf(held) : 0, cool, Date.now())),
  };
};

import { isIceServersError, type IceServersLoader, type LoadedConfiguration } from '../../src/index.js';
import type { Browser } from './browser.js';
import type { Condition, Service } from './service.js';

export const minuteMs = 60_000;
export const hourMs: number = 60 * minuteMs;

/** The least share of the loads before which a good answer must be held: the others cannot show that one is withheld. */
const leastGoodShare = 0.7;
/** A shorter run may be one outage. */
const fewestLoadsForShare = 300;

export interface Counts {
  loads: number;
  /** Loads before which an answer was held that they must not refuse. */
  withGoodAnswer: number;
  failures: number;
  /** Failures that an older answer concealed. */
  survived: number;
  /** The most requests and calls of the mint route in an hour of outage in which no page calls `load`. */
  worstHour: { requests: number; mints: number };
  readonly losses: string[];
}

/** One kind of page, and what must be true of it. */
export interface Scenario {
  readonly name: string;
  readonly conditions: readonly Condition[];
  /** The most requests, and the most calls of the mint route, in an hour of outage in which no page calls `load`. */
  readonly mostInAnHour: { readonly requests: number; readonly mints: number };
  readonly openTab: () => IceServersLoader;
  /** Returns whether an answer is held that a load must not refuse. */
  readonly holdsGoodAnswer: () => boolean;
  /** Returns what is wrong with an answer that was handed out. */
  readonly judge: (configuration: LoadedConfiguration, tab: IceServersLoader) => string | undefined;
  /** The clock was set back from this time, in epoch milliseconds. */
  readonly onClockSetBack: (from: number) => void;
  /** Something that only these pages do, now and then. */
  readonly change?: (life: Life) => Promise<void>;
}

/** Days in the life of one browser with a few tabs: outages, sleeps, clocks that are set, tabs that come and go. */
export class Life {
  readonly counts: Counts = { loads: 0, withGoodAnswer: 0, failures: 0, survived: 0, worstHour: { requests: 0, mints: 0 }, losses: [] };
  tabs: IceServersLoader[] = [];
  readonly #scenario: Scenario;
  readonly #browser: Browser;
  readonly #service: Service;
  readonly #random: () => number;

  constructor(scenario: Scenario, browser: Browser, service: Service, random: () => number) {
    this.#scenario = scenario;
    this.#browser = browser;
    this.#service = service;
    this.#random = random;
  }

  async run(days: number): Promise<void> {
    this.openTabs();
    await this.load(this.tabs[0]!);
    const end = Date.now() + days * 24 * hourMs;
    while (Date.now() < end) {
      await this.#next();
      for (const tab of this.tabs) await this.load(tab);
    }
    for (const tab of this.tabs) tab.dispose();
    await this.#browser.pass(minuteMs);
    const timers = this.#browser.countTimers();
    if (timers) this.#lose(`${timers} timers were left behind`);
    const { loads, withGoodAnswer } = this.counts;
    if (loads >= fewestLoadsForShare && withGoodAnswer < loads * leastGoodShare) {
      this.#lose(`a good answer was held before ${withGoodAnswer} of ${loads} loads, fewer than ${leastGoodShare * 100}%`);
    }
    const { requests, mints } = this.counts.worstHour;
    const most = this.#scenario.mostInAnHour;
    if (requests > most.requests) this.#lose(`${requests} requests in an hour of outage, more than ${most.requests}`);
    if (mints > most.mints) this.#lose(`${mints} calls of the mint route in an hour of outage, more than ${most.mints}`);
  }

  openTabs(): void {
    this.tabs = [this.#scenario.openTab(), this.#scenario.openTab()];
  }

  /** Loads in a tab, and judges the outcome by what was possible: an answer that is still good must never be refused. */
  async load(tab: Pick<IceServersLoader, 'load'> & Partial<IceServersLoader>): Promise<void> {
    const { counts } = this;
    const { condition } = this.#service;
    counts.loads++;
    const wasGood = this.#scenario.holdsGoodAnswer();
    if (wasGood) counts.withGoodAnswer++;
    let outcome: unknown;
    const loading = tab.load().then(
      (configuration) => (outcome = configuration),
      (error: unknown) => (outcome = error),
    );
    for (let i = 0; outcome === undefined && i < 600; i++) await this.#browser.pass(100);
    if (outcome === undefined) return this.#lose(`a load never settled (${condition})`);
    await loading;
    if (outcome instanceof Error) {
      counts.failures++;
      if (!isIceServersError(outcome)) this.#lose(`an error of another kind: ${outcome.name}`);
      else if (wasGood) this.#lose(`a good answer was withheld: ${outcome.code} (${condition})`);
      return;
    }
    if (tab.status?.source === 'stale') counts.survived++;
    const wrong = this.#scenario.judge(outcome as LoadedConfiguration, tab as IceServersLoader);
    if (wrong) this.#lose(wrong);
  }

  pass(ms: number): Promise<void> {
    return this.#browser.pass(ms);
  }

  async #next(): Promise<void> {
    const random = this.#random;
    const event = random();
    if (event < 0.15) return this.#outage();
    if (event < 0.25) return this.#browser.sleep(random() * 10 * hourMs);
    if (event < 0.3) return this.#setClock();
    if (event < 0.45) {
      this.tabs.shift()!.dispose();
      this.tabs.push(this.#scenario.openTab());
      return;
    }
    if (event < 0.6 && this.#scenario.change) return this.#scenario.change(this);
    await this.#browser.pass(random() * hourMs);
  }

  /** First an hour in which one tab refreshes in the background and nobody calls `load`, then pages that do. */
  async #outage(): Promise<void> {
    const { conditions } = this.#scenario;
    const service = this.#service;
    service.condition = conditions[Math.floor(this.#random() * conditions.length)]!;
    const requests = service.requests;
    const mints = service.mints;
    const [first, ...others] = this.tabs;
    for (const tab of others) tab.dispose();
    this.tabs = [first!];
    await this.#browser.pass(hourMs);
    const { worstHour } = this.counts;
    worstHour.requests = Math.max(worstHour.requests, service.requests - requests);
    worstHour.mints = Math.max(worstHour.mints, service.mints - mints);
    this.tabs.push(this.#scenario.openTab());
    for (let i = 0; i < 5; i++) {
      await this.load(this.tabs[i % 2]!);
      await this.#browser.pass(this.#random() * 10 * minuteMs);
    }
    const wasOffline = service.condition === 'offline';
    service.condition = 'fine';
    // Browsers tell a page most of the time.
    if (wasOffline && this.#random() < 0.8) this.#browser.goOnline();
  }

  #setClock(): void {
    const jumpMs = (this.#random() - 0.5) * 4 * hourMs;
    const from = Date.now();
    this.#browser.setClockBy(jumpMs);
    if (jumpMs < 0) this.#scenario.onClockSetBack(from);
  }

  #lose(text: string): void {
    this.counts.losses.push(text);
  }
}

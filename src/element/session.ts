import { hasWebRtc } from '../connectivity/options.js';
import type { IceServersOptions } from '../index.js';
import { actionsOf } from './actions.js';
import { appOf } from './attributes.js';
import { CurrentLoader } from './current-loader.js';
import { CurrentRun } from './current-run.js';
import { DeveloperTools } from './developer-tools.js';
import { readEnvironment } from './environment.js';
import { buildReport, checkedReport, needsNewServers } from './report.js';
import { initialState, isRunning, nextState, type Mode, type Said, type State, type StateEvent } from './state.js';
import { translator, type Translate } from './strings.js';
import { runTest, type RunFindings } from './test-run.js';
import type { IceProgress, IceReport } from './types.js';
import { urlsOf } from './ways.js';
import type { Actions } from './views/view-context.js';

/** What a session needs of its element. */
export interface Host {
  readonly options: () => IceServersOptions;
  /** @param place where to show it, if not on the element */
  readonly show: (state: State, place?: DocumentFragment) => void;
  readonly emit: (type: 'ice-progress' | 'ice-report', detail: IceProgress | IceReport) => void;
  readonly useRegion: (region: string) => void;
}

const tickMs = 1000;

/** One element's state, and what changes it. */
export class Session {
  state: State = initialState(hasWebRtc() === true);
  readonly actions: Actions;
  readonly #host: Host;
  readonly #loader: CurrentLoader;
  readonly #tools: DeveloperTools;
  readonly #run = new CurrentRun();

  constructor(host: Host) {
    this.#host = host;
    this.#loader = new CurrentLoader(host.options);
    this.#tools = new DeveloperTools({
      options: host.options,
      loader: () => this.#loader.get(),
      regionNames: () => this.state.developer.regions.names,
      dispatch: (event) => this.dispatch({ type: 'developer', event }),
      onDelete: () => this.say('log', 'deleted'),
    });
    this.actions = actionsOf(this, host, this.#tools.actions);
  }

  get t(): Translate {
    return translator(this.state.strings);
  }

  dispatch(event: StateEvent): void {
    this.state = nextState(this.state, event);
    this.#host.show(this.state);
  }

  /** Says on the element what the last press of a button has done. */
  say(where: string, what: Said['what'], text = ''): void {
    this.dispatch({ type: 'said', said: { where, what, text } });
  }

  setMode(mode: Mode): void {
    this.dispatch({ type: 'setting', change: { mode } });
    if (mode === 'developer') this.#tools.readEarlierRuns();
  }

  /** Starts a run whose promise nobody has. A wrong option is told on the element and in the console. */
  start(): void {
    this.run().catch((error: unknown) => console.error(error));
  }

  /** Returns the report of the run in progress, or of a new one. */
  run(): Promise<IceReport> {
    return this.#run.join((signal) => this.#runOnce(signal));
  }

  stop(): void {
    this.#run.stop();
  }

  /**
   * Shows a report from elsewhere instead of the own one.
   *
   * @throws `TypeError` for what is no report
   */
  showReport(given: IceReport | null | undefined): void {
    // It is first shown out of sight, because it may come from a stranger.
    const tryOut = (report: IceReport): void => this.#host.show(nextState(this.state, { type: 'show', report }), new DocumentFragment());
    void this.#replaceReport(given === undefined || given === null ? undefined : checkedReport(given, this.t, tryOut));
  }

  /** The options have changed: the next run makes a new loader. The run in progress keeps the old one. */
  forgetOptions(): void {
    this.#loader.forgetOptions();
    this.#tools.onOptionsChange();
    this.#host.show(this.state);
  }

  /** The element was removed. */
  end(): void {
    this.stop();
    this.actions.stopComparing();
    this.#loader.dispose();
  }

  async #replaceReport(report: IceReport | undefined): Promise<void> {
    this.stop();
    const ended = this.#run.ended();
    if (ended) await ended;
    this.dispatch({ type: 'show', report });
  }

  async #runOnce(signal: AbortSignal): Promise<IceReport> {
    const startedAt = new Date();
    const cache = needsNewServers(this.state.report) ? 'reload' : 'default';
    this.actions.stopComparing();
    this.dispatch({ type: 'start' });
    // A listener may call run(), and must then join this run.
    await Promise.resolve();
    if (!signal.aborted) this.#host.emit('ice-progress', { phase: 'load', done: 0, total: 0 });
    const ticks = setInterval(() => this.dispatch({ type: 'tick', now: Date.now() }), tickMs);
    try {
      const options = this.#host.options();
      const findings = await runTest({ getLoader: () => this.#loader.get(), cache, signal, ...this.#listener });
      return await this.#finish(startedAt, options, findings);
    } catch (error) {
      this.dispatch({ type: 'wrong-option' });
      throw error;
    } finally {
      clearInterval(ticks);
      this.#loader.disposeReplaced();
    }
  }

  get #listener(): Pick<Parameters<typeof runTest>[0], 'onLoad' | 'onResult' | 'onProgress'> {
    return {
      onLoad: (load, servers) => {
        this.#tools.log(load, servers);
        this.dispatch({ type: 'loaded', urls: urlsOf(servers) });
      },
      onResult: (result) => this.dispatch({ type: 'result', result }),
      onProgress: (progress) => {
        if (!isRunning(this.state)) return;
        this.dispatch({ type: 'progress', progress, now: Date.now() });
        const { phase, done, total, remaining } = progress;
        this.#host.emit('ice-progress', { phase, done, total, remaining });
      },
    };
  }

  async #finish(startedAt: Date, options: IceServersOptions, findings: RunFindings): Promise<IceReport> {
    const environment = await readEnvironment();
    const { simulated, mode, developer } = this.state;
    const source = { app: appOf(options), region: String(options.region ?? '') };
    const context = { startedAt, environment, ...source, simulated, regions: developer.regions.results };
    const report = buildReport(findings, context, this.t);
    this.dispatch({ type: 'finish', report });
    if (mode === 'developer' && !report.stopped) this.#tools.keepRun(report);
    // A listener may start the next run.
    this.#run.finish();
    this.#host.emit('ice-report', report);
    return report;
  }
}

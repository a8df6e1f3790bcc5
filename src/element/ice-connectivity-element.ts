import { render } from 'lit/html.js';
import type { IceServersOptions } from '../index.js';
import { ElementBase, upgradeProperties } from './element-base.js';
import { OptionSource } from './option-source.js';
import { Session } from './session.js';
import { withEnglish, type IceStrings } from './strings.js';
import { adoptStyles } from './styles/sheet.js';
import type { IceReport } from './types.js';
import { view } from './views/view.js';

/**
 * Tests whether calls can connect from this device and network and says what to do if they cannot.
 *
 * It loads the TURN servers of a Metered app or of your own endpoint, as your app does, and sends a little data through each of them. It
 * does not use the camera or the microphone. No key stays in the document: `api-key` is read once and then removed.
 *
 * @tag ice-connectivity
 * @attr {string} app-name - The name of the Metered app, such as `demo`.
 * @attr {string} api-key - The API key of one TURN credential, for the app or the host of the endpoint that is set with it.
 * @attr {string} endpoint - The URL of a Get Credential endpoint, or of a route on your server, instead of `app-name`.
 * @attr {string} [region=the Default Region of the dashboard] - The region to load servers from.
 * @attr {boolean} [autostart=false] - Runs the test as soon as the element is in the page and has a source of servers.
 * @attr {"customer" | "developer"} [mode=customer] - `developer` also shows measurements, the configuration, code samples and a log.
 *
 * @fires {CustomEvent<IceProgress>} ice-progress - Fired whenever the run makes progress. `detail` says how far along the run is.
 * @fires {CustomEvent<IceReport>} ice-report - Fired once for each run, when it ends. `detail` is the report.
 * @slot result - Content that the page adds below the result and its buttons.
 * @csspart answer - The card with the result and the buttons.
 * @csspart button - Every button.
 * @csspart message - The card for the owner of the network.
 * @csspart ways - The card with the routes.
 * @csspart way - One route.
 * @csspart details - The details of a route, which are collapsed at first.
 * @cssprop [--ice-font=system-ui, sans-serif] - The font family.
 * @cssprop --ice-text - The color of text.
 * @cssprop --ice-muted - The color of less important text. It needs a contrast of 4.5 with the surface.
 * @cssprop --ice-surface - The background of cards, and the color of the text on the main button.
 * @cssprop --ice-border - The color of lines.
 * @cssprop --ice-accent - The color of the main button and of the focus ring.
 * @cssprop --ice-good - The color of what works.
 * @cssprop --ice-fair - The color of what works with limits.
 * @cssprop --ice-bad - The color of what does not work.
 * @cssprop [--ice-radius=12px] - The radius of the corners of cards.
 *
 * @example
 * ```html
 * <script type="module" src="element.js"></script>
 * <ice-connectivity app-name="demo" api-key="0123456789abcdef0123456789abcdef0123" autostart></ice-connectivity>
 * ```
 */
export class IceConnectivityElement extends ElementBase {
  static readonly observedAttributes: readonly string[] = ['app-name', 'api-key', 'endpoint', 'region', 'autostart', 'mode'];

  readonly #source = new OptionSource(this);
  #hasAutostarted = false;
  readonly #session: Session;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    adoptStyles(root);
    this.#session = new Session({
      options: () => this.#source.merged,
      show: (state, place = root) =>
        render(view({ state, source: this.#source.shown, t: this.#session.t, actions: this.#session.actions }), place),
      useRegion: (region) => this.#source.useRegion(region),
      emit: (type, detail) => this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true })),
    });
  }

  /**
   * The options of the loader: everything that `createIceServersLoader` accepts, including functions. They take precedence over the
   * attributes: with a source here, `app-name`, `endpoint` and `api-key` are not used. A change takes effect with the next run.
   *
   * @default undefined
   */
  get options(): IceServersOptions | undefined {
    return this.#source.options;
  }

  set options(options: IceServersOptions | undefined) {
    this.#source.options = options;
    this.#onSourceChange();
  }

  /**
   * Every string that the element shows, by name, for example for another language. You may set only some of them: the rest stay in
   * English. `{name}` in a string stands for a value.
   *
   * @default the English strings
   */
  get strings(): IceStrings {
    return { ...this.#session.state.strings };
  }

  set strings(strings: Partial<IceStrings> | undefined) {
    this.#session.dispatch({ type: 'setting', change: { strings: withEnglish(strings) } });
  }

  /**
   * What the page simulates, in words for the user, such as `UDP blocked`. Every report and message is then marked as simulated.
   *
   * @default ""
   */
  get simulated(): string {
    return this.#session.state.simulated;
  }

  set simulated(simulated: string | undefined) {
    this.#session.dispatch({ type: 'setting', change: { simulated: simulated ?? '' } });
  }

  /** The last report. Set it to show one from another device, which ends a run in progress. `undefined` shows the start screen again. */
  get report(): IceReport | undefined {
    return this.#session.state.report;
  }

  set report(report: IceReport | undefined) {
    this.#session.showReport(report);
  }

  /**
   * Runs the test or joins the run in progress; after `stop()`, a new run follows. The promise resolves with the report, even if the servers
   * could not be loaded (`load.error` is then the code) or the run ended early (`stopped` is then `true`).
   *
   * @returns {Promise<IceReport>} the report
   * @throws `TypeError` (as a rejection) for a wrong option, and nothing else
   */
  run(): Promise<IceReport> {
    return this.#session.run();
  }

  /** Ends the run. Its report has the results so far. */
  stop(): void {
    this.#session.stop();
  }

  /** @ignore */
  connectedCallback(): void {
    upgradeProperties(this, ['options', 'strings', 'simulated', 'report']);
    this.#session.dispatch({ type: 'setting', change: { language: this.#source.language } });
    this.#autostart();
  }

  /** @ignore */
  disconnectedCallback(): void {
    // An element that is only moved is back in the page by then.
    queueMicrotask(() => {
      if (!this.isConnected) this.#session.end();
    });
  }

  /** @ignore */
  attributeChangedCallback(name: string, _before: string | null, value: string | null): void {
    if (name === 'mode') return this.#session.setMode(value === 'developer' ? 'developer' : 'customer');
    this.#source.takeKey(name, value);
    this.#onSourceChange();
  }

  /** @ignore */
  override removeAttribute(name: string): void {
    // The key was taken off when it was set, so this is not reported as a change.
    if (name === 'api-key') this.attributeChangedCallback(name, null, null);
    super.removeAttribute(name);
  }

  #onSourceChange(): void {
    this.#session.forgetOptions();
    this.#autostart();
  }

  /** Starts once, as soon as there is something to start with. Frameworks may set properties after attributes: hence the microtask. */
  #autostart(): void {
    queueMicrotask(() => {
      if (this.#hasAutostarted || !this.isConnected || !this.hasAttribute('autostart') || !this.#source.isSet) return;
      this.#hasAutostarted = true;
      this.#session.start();
    });
  }
}

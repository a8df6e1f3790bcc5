import { render } from 'lit/html.js';
import type { IceServersOptions } from '../index.js';
import { ElementBase, upgradeProperties } from './element-base.js';
import { OptionSource } from './option-source.js';
import { Session } from './session.js';
import { withEnglish, type IceStrings } from './strings.js';
import { styleSheet } from './styles/sheet.js';
import type { IceReport } from './types.js';
import { view } from './views/view.js';

/**
 * Tests whether calls can connect from this device and network, and says in words what to do if not.
 *
 * It loads the TURN servers of a Metered app or of an own endpoint, as the app does, and sends a little data through each of them. It uses
 * no camera and no microphone. Nothing of a key is in the document: `api-key` is read once and taken off.
 *
 * @tag ice-connectivity
 * @tagname ice-connectivity
 *
 * @attr {string} app-name - The name of the Metered app, such as `demo`.
 * @attr {string} api-key - The API key of one TURN credential. It is read once and taken off.
 * @attr {string} endpoint - The whole address of a Get Credential endpoint, or of your own route, instead of `app-name`.
 * @attr {string} region - The region whose servers to use. Default: that of the dashboard.
 * @attr {boolean} autostart - Runs the test as soon as the element is in the page and knows its servers.
 * @attr {"customer" | "developer"} [mode=customer] - `developer` shows measurements, configuration, code and log as well.
 *
 * @fires {CustomEvent<IceProgress>} ice-progress - Several times a second at most. `detail` says how far the run is.
 * @fires {CustomEvent<IceReport>} ice-report - Once for each run, when it is over. `detail` is the report.
 *
 * @slot result - What the page adds below the answer and its buttons.
 * @csspart answer - The card with the answer and the buttons.
 * @csspart button - Every button.
 * @csspart message - The card for the owner of the network.
 * @csspart ways - The card with the routes.
 * @csspart way - One route.
 * @csspart details - What is folded away in a route.
 *
 * @cssprop [--ice-font=system-ui, sans-serif] - The font family.
 * @cssprop --ice-text - The colour of text.
 * @cssprop --ice-muted - The colour of less important text. It needs a contrast of 4.5 with the surface.
 * @cssprop --ice-surface - The background of cards, and the text on the main button.
 * @cssprop --ice-border - The colour of lines.
 * @cssprop --ice-accent - The colour of the main button and of the focus.
 * @cssprop --ice-good - The colour of what works.
 * @cssprop --ice-fair - The colour of what works with a loss.
 * @cssprop --ice-bad - The colour of what does not work.
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
    const sheet = styleSheet();
    if (sheet) root.adoptedStyleSheets = [sheet];
    this.#session = new Session({
      options: () => this.#source.merged,
      show: (state) => render(view({ state, source: this.#source.shown, t: this.#session.t, actions: this.#session.actions }), root),
      useRegion: (region) => this.#source.useRegion(region),
      emit: (type, detail) => this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true })),
    });
  }

  /**
   * The options of the loader, over those of the attributes: everything that `createIceServersLoader` takes, functions too. A change counts
   * from the next run on.
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
   * Every sentence of the element, by its name. A part of them may be set, for another language say: the rest stays English. `{name}` in a
   * sentence stands for a value.
   *
   * @default the English sentences
   */
  get strings(): IceStrings {
    return { ...this.#session.state.strings };
  }

  set strings(strings: Partial<IceStrings> | undefined) {
    this.#session.dispatch({ type: 'setting', change: { strings: withEnglish(strings) } });
  }

  /**
   * What the page simulates, in its own words, such as `UDP blocked`. Everything that leaves the element is then marked as simulated.
   *
   * @default ""
   */
  get simulated(): string {
    return this.#session.state.simulated;
  }

  set simulated(simulated: string | undefined) {
    this.#session.dispatch({ type: 'setting', change: { simulated: simulated ?? '' } });
  }

  /** The last report. One that was made elsewhere can be set, to show it here; it ends a run that goes on. `undefined` shows the start again. */
  get report(): IceReport | undefined {
    return this.#session.state.report;
  }

  set report(report: IceReport | undefined) {
    void this.#session.showReport(report);
  }

  /**
   * Runs the test, or joins the run that goes on.
   *
   * @returns {Promise<IceReport>} the report, also if the servers could not be loaded (`load.error` is the code), after `stop()`, and after the element was
   *   removed (`stopped` is true then)
   * @throws `TypeError` (as a rejection) for a wrong option, and nothing else
   */
  run(): Promise<IceReport> {
    return this.#session.run();
  }

  /** Ends the run. Its report has what was found by then. */
  stop(): void {
    this.#session.stop();
  }

  /** @ignore */
  connectedCallback(): void {
    upgradeProperties(this, ['options', 'strings', 'simulated', 'report']);
    this.#session.dispatch({ type: 'setting', change: { language: this.closest('[lang]')?.getAttribute('lang') ?? '' } });
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
    if (name === 'mode') {
      this.#session.setMode(value === 'developer' ? 'developer' : 'customer');
      return;
    }
    this.#source.takeKey(name, value);
    this.#onSourceChange();
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

import type { IceServersOptions } from 'ice-servers-loader';
import { IceConnectivityElement, type IceReport } from 'ice-servers-loader/element';
import { withoutKeyInAddress, type Form } from '../app-address.js';
import type { PageConfig, Scenario } from '../page-config.js';
import { elementOptions } from './element-options.js';
import { firstState, modeInAddress } from './first-state.js';
import { editedForm } from './form.js';
import { forgetKey, keepKey } from './kept-key.js';
import { copyAddress, queryOf, setAddress, type PageAddress } from './page-address.js';
import type { PageActions, PageState } from './page-state.js';
import { demoUnreached, hostWords, wrongAppWords } from './page-words.js';
import { fragmentOf, showFragment } from './result-link.js';

export interface PageSettings {
  readonly config: PageConfig;
  readonly address: PageAddress;
  /** This browser does not accept the certificate of the stand-in. */
  readonly leavesOutTls: boolean;
}

/** The element, and what the page does with it. */
export class ConnectivityPage {
  readonly element = new IceConnectivityElement();
  readonly actions: PageActions = {
    edit: (change) => this.#edit(change),
    tidy: () => this.#tidy(),
    remember: (remembers) => this.#remember(remembers),
    submit: () => void this.#submit(),
    simulate: (trouble) => void this.#simulate(trouble),
    copyLink: () => void this.#copyLink(),
  };
  state: PageState;
  readonly #show: (state: PageState) => void;
  readonly #leavesOutTls: boolean;
  /** The region of the element when it was last read. */
  #knownRegion: string;

  constructor({ config, address, leavesOutTls }: PageSettings, show: (state: PageState) => void) {
    this.#show = show;
    this.#leavesOutTls = leavesOutTls;
    this.state = firstState(config, address);
    this.element.setAttribute('mode', this.state.mode);
    if (this.state.isReady) this.element.options = this.#options;
    this.#knownRegion = this.#regionOfElement;
    this.element.addEventListener('ice-progress', ({ detail }) => detail.phase === 'load' && this.#onStart());
    this.element.addEventListener('click', () => this.#onPress());
    if (address.fragment) void this.openResult(address.fragment);
  }

  /** Shows a result from a link. */
  async openResult(fragment: string): Promise<void> {
    try {
      await showFragment(fragment, this.element);
      this.#update({ hasReport: true, notice: '', host: '', remark: '', said: '', opensForm: false });
    } catch (error) {
      this.#update({ notice: (error as Error).message });
    }
  }

  get #options(): IceServersOptions {
    return elementOptions(this.state, this.#leavesOutTls);
  }

  #edit(change: Partial<Form>): void {
    this.#update({ form: editedForm(this.state.form, change, this.state.config) });
  }

  #remember(remembers: boolean): void {
    this.#update({ remembers });
    if (remembers) this.#tidy();
    else forgetKey();
  }

  /** Runs only when a field is left: a key that is still being typed as the app does not look like a key yet. */
  #tidy(): void {
    const form = withoutKeyInAddress(this.state.form);
    this.#update({ form });
    if (!this.state.remembers) return;
    if (wrongAppWords(form.app)) forgetKey();
    else keepKey(form);
  }

  async #submit(): Promise<void> {
    this.#tidy();
    const { form } = this.state;
    const notice = wrongAppWords(form.app);
    if (notice) return this.#update({ notice });
    // The form's region takes precedence over one that was chosen in the element.
    this.element.removeAttribute('region');
    this.#update({ notice: '', isReady: true, opensForm: false });
    await this.#simulate(undefined);
  }

  /** Runs a test, with a simulated problem or without one. */
  async #simulate(trouble: Scenario | undefined): Promise<void> {
    if (this.state.isBusy) {
      const ended = this.element.run().catch(() => undefined);
      this.element.stop();
      await ended;
    }
    this.#update({ trouble });
    this.element.options = this.#options;
    this.#knownRegion = this.#regionOfElement;
    this.element.simulated = trouble?.title ?? '';
    // If an option is wrong, the element shows it.
    await this.element.run().catch(() => undefined);
  }

  #onStart(): void {
    this.#setAddress('');
    this.#update({ isBusy: true, hasReport: false, notice: '', host: hostWords(this.element.options ?? {}), remark: '', said: '' });
    if (!isInView(this.element)) this.element.scrollIntoView();
    this.element.run().then(
      (report) => this.#onReport(report),
      () => this.#update({ isBusy: false }),
    );
  }

  #onReport(report: IceReport): void {
    const { config, form, trouble } = this.state;
    const isOwn = config.mode === 'stand-in' && !trouble && form.app === config.app;
    const remark = isOwn && report.verdict === 'offline' ? demoUnreached : '';
    this.#update({ isBusy: false, hasReport: true, remark });
  }

  /** A click in the element may have copied something else or chosen another region. */
  #onPress(): void {
    const region = this.#regionOfElement;
    const form = region === this.#knownRegion ? this.state.form : { ...this.state.form, region };
    this.#knownRegion = region;
    this.#update({ form, said: '' });
  }

  get #regionOfElement(): string {
    return this.element.options?.region ?? this.element.getAttribute('region') ?? '';
  }

  async #copyLink(): Promise<void> {
    const { report } = this.element;
    if (!report) return;
    this.#setAddress(await fragmentOf(report));
    const isCopied = await copyAddress();
    this.#update({
      said: isCopied
        ? 'The link is copied. Paste it into a message to support.'
        : 'The result is now in the address of this page. Copy it from the address bar.',
    });
  }

  #setAddress(fragment: string): void {
    setAddress(queryOf(this.state.form, modeInAddress(this.state)), fragment);
  }

  #update(change: Partial<PageState>): void {
    this.state = { ...this.state, ...change };
    this.#show(this.state);
  }
}

function isInView(element: Element): boolean {
  const { top } = element.getBoundingClientRect();
  return top >= 0 && top < innerHeight / 3;
}

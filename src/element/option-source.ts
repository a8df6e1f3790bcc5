import type { IceServersOptions } from '../index.js';
import { withoutSecrets } from './format.js';
import { mergeOptions, splitEndpoint } from './attributes.js';

/** The source of the servers, without a key. */
export interface ShownSource {
  readonly appName: string | undefined;
  readonly endpoint: string | undefined;
  readonly region: string;
  /** There is an app, an address or a function to load servers from. */
  readonly isSet: boolean;
}

/** Where an element has its options from: its attributes, and the property `options`. It keeps the keys, so that the document does not. */
export class OptionSource {
  readonly #element: HTMLElement;
  options: IceServersOptions | undefined;
  #apiKey: string | undefined;
  /** Where `#apiKey` may be sent. It is undefined until there is a source. */
  #targetOfKey: string | undefined;
  /** The keys in addresses, by the attribute of the address. */
  readonly #addressKeys: Record<string, string | undefined> = {};

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  /** Returns the options for a loader. */
  get merged(): IceServersOptions {
    const read = (name: string): string | null => this.#element.getAttribute(name);
    const apiKey = this.#keyOfSource;
    return mergeOptions({ appName: read('app-name'), endpoint: read('endpoint'), region: read('region'), apiKey }, this.options);
  }

  /** Returns whether there is an app, an address or a function to load servers from. */
  get isSet(): boolean {
    return this.options !== undefined || this.#element.hasAttribute('app-name') || this.#element.hasAttribute('endpoint');
  }

  /** Returns what may be shown of the source. */
  get shown(): ShownSource {
    const { appName, endpoint, region } = this.merged;
    // A wrong option may be anything, or a key in the wrong place.
    const show = (value: unknown): string | undefined => (isShowable(value) ? withoutSecrets(String(value)) : undefined);
    return { appName: show(appName), endpoint: show(endpoint), region: show(region) ?? '', isSet: this.isSet };
  }

  /** Returns the language of the page, for dates; empty if it has none that `Intl` accepts. `en_US` is a common mistake. */
  get language(): string {
    const language = (this.#element.closest('[lang]')?.getAttribute('lang') ?? '').replaceAll('_', '-');
    try {
      return new Intl.Locale(language).toString();
    } catch {
      return '';
    }
  }

  /** Sets the region where it was set before. */
  useRegion(region: string): void {
    if (this.options?.region === undefined) this.#element.setAttribute('region', region);
    else (this.#element as HTMLElement & Pick<this, 'options'>).options = { ...this.options, region };
  }

  /** Takes the key out of an attribute that has changed. */
  takeKey(attribute: string, value: string | null): void {
    // Each change of an attribute below calls this again, so the key is kept after that.
    if (attribute === 'api-key') {
      if (value !== null) this.#element.removeAttribute(attribute);
      this.#apiKey = value || undefined;
      this.#targetOfKey = undefined;
    } else {
      const { address, apiKey } = splitEndpoint(value ?? '');
      if (apiKey !== undefined) this.#element.setAttribute(attribute, address);
      this.#addressKeys[attribute] = apiKey;
    }
    // The source and its key are set one after the other, in any order.
    queueMicrotask(() => {
      this.#targetOfKey ??= this.#target;
    });
  }

  /** Returns the key for the source of the attributes. */
  get #keyOfSource(): string | undefined {
    const target = this.#target;
    const apiKey = (this.#targetOfKey ?? target) === target ? this.#apiKey : undefined;
    return apiKey ?? this.#addressKeys['endpoint'] ?? this.#addressKeys['app-name'];
  }

  /** Returns the app or the origin that the attributes load from. */
  get #target(): string | undefined {
    const [appName, endpoint] = ['app-name', 'endpoint'].map((name) => this.#element.getAttribute(name)?.trim());
    try {
      return endpoint ? new URL(endpoint, this.#element.baseURI).origin : appName || undefined;
    } catch {
      return undefined;
    }
  }
}

function isShowable(value: unknown): value is string | URL {
  return (typeof value === 'string' && value !== '') || value instanceof URL;
}

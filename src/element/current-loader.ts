import { createIceServersLoader, type IceServersLoader, type IceServersOptions } from '../index.js';

/** The loader of an element's options, which is replaced after they have changed. */
export class CurrentLoader {
  /** The options of the loader in use. */
  options: IceServersOptions = {};
  readonly #readOptions: () => IceServersOptions;
  #loader: IceServersLoader | undefined;
  #hasNewOptions = true;

  constructor(readOptions: () => IceServersOptions) {
    this.#readOptions = readOptions;
  }

  /** @throws `TypeError` for a wrong option */
  get(): IceServersLoader {
    if (!this.#loader || this.#hasNewOptions) {
      this.dispose();
      this.options = this.#readOptions();
      this.#loader = createIceServersLoader(this.options);
      this.#hasNewOptions = false;
    }
    return this.#loader;
  }

  /** The options have changed: the next `get` makes a new loader. */
  forgetOptions(): void {
    this.#hasNewOptions = true;
  }

  dispose(): void {
    this.#loader?.dispose();
    this.forgetOptions();
  }
}

import { createIceServersLoader, type IceServersLoader, type IceServersOptions } from '../index.js';

/** The loader of an element's options, which is replaced after they have changed. */
export class CurrentLoader {
  readonly #readOptions: () => IceServersOptions;
  #current: IceServersLoader | undefined;
  #replaced: IceServersLoader[] = [];
  #hasNewOptions = true;

  constructor(readOptions: () => IceServersOptions) {
    this.#readOptions = readOptions;
  }

  /** @throws `TypeError` for a wrong option */
  get(): IceServersLoader {
    if (!this.#current || this.#hasNewOptions) {
      // A run may still use it.
      if (this.#current) this.#replaced.push(this.#current);
      this.#current = undefined;
      this.#current = createIceServersLoader(this.#readOptions());
      this.#hasNewOptions = false;
    }
    return this.#current;
  }

  /** The options have changed: the next `get` makes a new loader. */
  forgetOptions(): void {
    this.#hasNewOptions = true;
  }

  /** No run uses an earlier loader any more. */
  disposeReplaced(): void {
    for (const loader of this.#replaced.splice(0)) loader.dispose();
  }

  dispose(): void {
    this.disposeReplaced();
    this.#current?.dispose();
    this.#current = undefined;
  }
}

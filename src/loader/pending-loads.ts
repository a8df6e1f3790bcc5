/** Remembers which loads are under way, so that `dispose` can end them without a word in the console. */
export class PendingLoads {
  readonly #pending = new Set<{ promise?: Promise<unknown> }>();

  /** Runs a load. The returned promise is not chained on here: that would hide every rejection that the app forgets to handle. */
  run<T>(load: () => Promise<T>): Promise<T> {
    const entry: { promise?: Promise<T> } = {};
    entry.promise = this.#track(load, entry);
    return entry.promise;
  }

  /** Marks the pending loads as handled: an app that has stopped waiting need not catch the error that ends them. */
  ignoreRejections(): void {
    for (const { promise } of this.#pending) promise?.catch(() => {});
  }

  async #track<T>(load: () => Promise<T>, entry: object): Promise<T> {
    this.#pending.add(entry);
    try {
      return await load();
    } finally {
      this.#pending.delete(entry);
    }
  }
}

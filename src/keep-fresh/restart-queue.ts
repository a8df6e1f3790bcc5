/**
 * Runs restarts one after the other. If both ends of a call are in one page, Firefox does not survive two restarts that begin a few
 * milliseconds apart (measured on Firefox 153).
 */
export class RestartQueue {
  #last: Promise<void> = Promise.resolve();

  /** A restart that throws, or that nobody negotiates, does not hold up the next one. */
  add(restart: () => Promise<void>): void {
    this.#last = this.#last.then(restart).catch(() => {});
  }
}

/**
 * Runs restarts one after the other. If both ends of a call are in one page, two restarts that begin a few milliseconds apart break the
 * call in Firefox (measured in Firefox 153).
 */
export class RestartQueue {
  #last: Promise<void> = Promise.resolve();

  /** Adds a restart. If it throws, or if nobody negotiates it, the next one still runs. */
  add(restart: () => Promise<void>): void {
    this.#last = this.#last.then(restart).catch(() => {});
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import type { WebDriver } from 'selenium-webdriver';

type InPage = string | ((argument: never) => unknown);

/** One command after the other, each in its own tab: a WebDriver session has one current window. */
export class Session {
  #last: Promise<unknown> = Promise.resolve();

  readonly driver: WebDriver;

  constructor(driver: WebDriver) {
    this.driver = driver;
  }

  in<T>(handle: string, work: (driver: WebDriver) => Promise<T>): Promise<T> {
    const mine = this.#last.then(async () => {
      await this.driver.switchTo().window(handle);
      return work(this.driver);
    });
    this.#last = mine.catch(() => {});
    return mine;
  }
}

/** As much of Playwright's Page as the specs use that run in all three engines. */
export class WebKitPage {
  static #count = 0;
  readonly #session: Session;
  readonly #handle: string;

  constructor(session: Session, handle: string) {
    this.#session = session;
    this.#handle = handle;
  }

  async goto(url: string): Promise<void> {
    await this.settled();
    await this.#session.in(this.#handle, (driver) => driver.get(url));
  }

  async reload(): Promise<void> {
    await this.settled();
    await this.#session.in(this.#handle, (driver) => driver.navigate().refresh());
  }

  /** Begins in the page and is asked for later, so that the other tabs go on meanwhile. */
  async evaluate(code: InPage, argument?: unknown): Promise<unknown> {
    const call = typeof code === 'string' ? code : `(${String(code)})(${JSON.stringify(argument)})`;
    const name = `answer${WebKitPage.#count++}`;
    await this.run(`window.${name} = {};
      (async () => (${call}))().then(
        (value) => { window.${name} = { json: JSON.stringify(value) ?? 'null', done: true }; },
        (error) => { window.${name} = { error: String(error), done: true }; });`);
    for (;;) {
      const answer = await this.run<{ json?: string; error?: string; done?: true } | null>(`return window.${name}`);
      // The page was left, as history.back() does.
      if (!answer) return undefined;
      if (answer.error !== undefined) throw new Error(answer.error);
      if (answer.done) return JSON.parse(answer.json!) ?? undefined;
      await pause(10);
    }
  }

  async waitForFunction(code: InPage, argument?: unknown): Promise<void> {
    while (!(await this.evaluate(code, argument))) await pause(20);
  }

  /** Resolves when what the page complained of so far has arrived. */
  async settled(): Promise<void> {
    await this.evaluate('window.complaintsSent');
  }

  private run<T>(script: string): Promise<T> {
    return this.#session.in(this.#handle, (driver) => driver.executeScript<T>(script));
  }
}

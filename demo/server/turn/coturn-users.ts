import { rm } from 'node:fs/promises';
import { execa } from 'execa';

export const realm = 'relay.localhost';

/** The users in coturn's SQLite file. The running server notices a change at once. */
export class CoturnUsers {
  readonly #database: string;
  #last: Promise<void> = Promise.resolve();

  constructor(database: string) {
    this.#database = database;
  }

  add(username: string, password: string): Promise<void> {
    return this.#oneByOne(['--add', '--user', username, '--password', password]);
  }

  remove(username: string): Promise<void> {
    return this.#oneByOne(['--delete', '--user', username]);
  }

  /** Resolves when all changes are complete. */
  async idle(): Promise<void> {
    await this.#last.catch(() => undefined);
  }

  /** Changes run one after the other, because the file is locked during a change. */
  #oneByOne(command: readonly string[]): Promise<void> {
    const turn = this.idle().then(() => this.#turnadmin(command));
    this.#last = turn;
    return turn;
  }

  async #turnadmin(command: readonly string[]): Promise<void> {
    const { all, exitCode } = await execa('turnadmin', [...command, '--realm', realm, '--userdb', this.#database], {
      all: true,
      reject: false,
    });
    await removeLogFile(all);
    // The message may repeat the arguments, and with them the password.
    if (exitCode !== 0 || /error|cannot|fail/i.test(all)) {
      throw new Error(`turnadmin could not ${command[0]?.replace('--', '')} a user in ${this.#database}.`);
    }
  }
}

/** turnadmin leaves a log file in the system's log folder for each call, and no option prevents that. */
async function removeLogFile(output: string): Promise<void> {
  const file = /log file opened: (\S+)/.exec(output)?.[1];
  if (file) await rm(file, { force: true });
}

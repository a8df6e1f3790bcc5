import { randomBytes } from 'node:crypto';
import { callAt } from './call-at.js';

export interface Credential {
  readonly username: string;
  readonly password: string;
  readonly apiKey: string;
  readonly label: string | undefined;
  readonly expiryInSeconds: number | undefined;
  /** Epoch milliseconds. The lifetime starts at creation, as at Metered: requesting the credential again does not renew it. */
  readonly createdAt: number;
  /** Epoch milliseconds; `Infinity` for a credential without `expiryInSeconds`. */
  readonly expiresAt: number;
}

export type CredentialState = 'valid' | 'expired' | 'disabled' | 'deleted';

export interface NewCredential {
  readonly expiryInSeconds?: number | undefined;
  readonly label?: string | undefined;
}

/** The TURN server, which has to know the valid credentials. */
export interface TurnUsers {
  addUser(username: string, password: string): Promise<void>;
  removeUser(username: string): Promise<void>;
}

interface Entry {
  readonly credential: Credential;
  disabled: boolean;
  cancelExpiry: () => void;
}

/** The credentials of one app, in memory. The TURN server accepts exactly the valid ones. */
export class Credentials {
  /** Required by the API calls that only a server may make. It has 48 characters, like Metered's. */
  readonly secretKey: string = randomBytes(36).toString('base64url');
  readonly #users: TurnUsers;
  readonly #entries = new Map<string, Entry>();

  constructor(users: TurnUsers) {
    this.#users = users;
  }

  async create({ expiryInSeconds, label }: NewCredential = {}): Promise<Credential> {
    const createdAt = Date.now();
    const credential: Credential = {
      username: randomBytes(12).toString('hex'),
      password: randomBytes(12).toString('base64'),
      apiKey: randomBytes(18).toString('hex'),
      label,
      expiryInSeconds,
      createdAt,
      expiresAt: expiryInSeconds === undefined ? Infinity : createdAt + expiryInSeconds * 1000,
    };
    await this.#users.addUser(credential.username, credential.password);

    const cancelExpiry = callAt(credential.expiresAt, () => {
      this.#users.removeUser(credential.username).catch(reportFailedExpiry);
    });
    this.#entries.set(credential.username, { credential, disabled: false, cancelExpiry });
    return credential;
  }

  find(username: string): Credential | undefined {
    return this.#entries.get(username)?.credential;
  }

  /** Finds the key's credential, whether it is valid or not. */
  findByKey(apiKey: string): Credential | undefined {
    return this.list().find((credential) => credential.apiKey === apiKey);
  }

  list(): Credential[] {
    return [...this.#entries.values()].map((entry) => entry.credential);
  }

  stateOf({ username, expiresAt }: Credential): CredentialState {
    const entry = this.#entries.get(username);
    if (!entry) return 'deleted';
    if (expiresAt <= Date.now()) return 'expired';
    return entry.disabled ? 'disabled' : 'valid';
  }

  /** Returns whether the TURN server accepts the user's credential. */
  isAlive(username: string): boolean {
    const credential = this.find(username);
    return credential !== undefined && this.stateOf(credential) === 'valid';
  }

  async disable(credential: Credential): Promise<void> {
    const entry = this.#entry(credential);
    entry.disabled = true;
    await this.#users.removeUser(credential.username);
  }

  async enable(credential: Credential): Promise<void> {
    const entry = this.#entry(credential);
    await this.#users.addUser(credential.username, credential.password);
    entry.disabled = false;
  }

  async delete(credential: Credential): Promise<void> {
    this.#entry(credential).cancelExpiry();
    this.#entries.delete(credential.username);
    await this.#users.removeUser(credential.username);
  }

  /** Clears all timers. */
  close(): void {
    for (const entry of this.#entries.values()) entry.cancelExpiry();
  }

  #entry({ username }: Credential): Entry {
    const entry = this.#entries.get(username);
    if (!entry) throw new Error('This credential was deleted: create a new one.');
    return entry;
  }
}

function reportFailedExpiry(error: unknown): void {
  console.error('An expired credential could not be taken from the TURN server.', error);
}

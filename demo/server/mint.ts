import { createCredential, deleteCredential, type MeteredAccount, type MintedCredential } from './metered-service.js';

export interface MintOptions {
  readonly account: MeteredAccount;
  /** The default lifetime of a credential. */
  readonly lifeSeconds: number;
  /** How many valid credentials one visitor may have at the same time. */
  readonly mostPerVisitor?: number;
}

/** What the loader's `apiKey` function may return unchanged. */
export interface TurnKey {
  readonly apiKey: string;
  readonly expiryInSeconds: number;
}

interface Minted {
  readonly visitor: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly credential: Promise<MintedCredential>;
}

/** The real service and a page together need a few seconds. No demo takes longer than an hour. */
const shortestLifeSeconds = 5;
const longestLifeSeconds = 3600;

export const lifeRange = `a whole number of seconds from ${shortestLifeSeconds} to ${longestLifeSeconds}`;

/** Reads a lifetime from text. Returns `undefined` if it is not allowed. */
export function parseLife(text: string): number | undefined {
  const seconds = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return seconds >= shortestLifeSeconds && seconds <= longestLifeSeconds ? seconds : undefined;
}

/** Creates a limited number of expiring credentials for each visitor, and finally deletes those that are still valid. */
export class Mint {
  readonly lifeSeconds: number;
  readonly #account: MeteredAccount;
  readonly #mostPerVisitor: number;
  readonly #minted = new Set<Minted>();

  constructor({ account, lifeSeconds, mostPerVisitor = 20 }: MintOptions) {
    this.#account = account;
    this.lifeSeconds = lifeSeconds;
    this.#mostPerVisitor = mostPerVisitor;
  }

  /** Returns 0 if the visitor may have another credential now. */
  secondsUntilFree(visitor: string): number {
    const now = Date.now();
    for (const minted of this.#minted) if (minted.expiresAt <= now) this.#minted.delete(minted);
    const ends = [...this.#minted].filter((minted) => minted.visitor === visitor).map(({ expiresAt }) => expiresAt);
    return ends.length < this.#mostPerVisitor ? 0 : Math.ceil((Math.min(...ends) - now) / 1000);
  }

  async create(visitor: string, expiryInSeconds = this.lifeSeconds): Promise<TurnKey> {
    // It is counted before it exists, so that simultaneous requests also stay within the limit.
    const minted: Minted = {
      visitor,
      expiresAt: Date.now() + expiryInSeconds * 1000,
      credential: createCredential(this.#account, expiryInSeconds, 'ice-servers-loader demo'),
    };
    this.#minted.add(minted);
    try {
      const { apiKey } = await minted.credential;
      return { apiKey, expiryInSeconds };
    } catch (error) {
      this.#minted.delete(minted);
      throw error;
    }
  }

  /** A credential that cannot be deleted expires anyway. */
  async stop(): Promise<void> {
    const alive = [...this.#minted].filter(({ expiresAt }) => expiresAt > Date.now());
    this.#minted.clear();
    await Promise.allSettled(
      alive.map(async ({ credential }) => {
        const { username } = await credential;
        await deleteCredential(this.#account, username);
      }),
    );
  }
}

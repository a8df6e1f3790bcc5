/** What is wrong with the network, the endpoint or the app's mint route. */
export type Condition = 'fine' | 'offline' | 'broken' | 'limited' | 'nonsense' | 'mint-route-down';

/** A credential as its server knows it. */
interface Minted {
  readonly user: string;
  /** When the mint route was called, by the wall clock of the device. */
  readonly calledAt: number;
}

/** How long a minted credential lives, in seconds. */
export const mintedLife: number = 4 * 3600;

/** The app's mint route and the Get Credential endpoint, which have a condition. */
export class Service {
  condition: Condition = 'fine';
  requests = 0;
  /** Calls of the mint route, answered or not. */
  mints = 0;
  /** The user whose cookie the browser sends. */
  signedInUser = '';
  readonly #minted = new Map<string, Minted>();
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** The app's mint route, for the user that the page believes to be signed in. */
  async mint(user: string): Promise<{ apiKey: string; expiryInSeconds: number }> {
    this.mints++;
    const calledAt = Date.now();
    const isRightUser = user === this.signedInUser;
    await this.#latency();
    if (this.condition === 'offline' || this.condition === 'mint-route-down' || !isRightUser) throw new Error('no key');
    const apiKey = `key-of-${user}-${String(this.#minted.size).padStart(20, '0')}`;
    this.#minted.set(apiKey, { user, calledAt });
    return { apiKey, expiryInSeconds: mintedLife };
  }

  /** The endpoint, as the `fetch` option. */
  readonly fetch = async (url: string, { signal }: RequestInit): Promise<Response> => {
    this.requests++;
    await this.#latency();
    signal?.throwIfAborted();
    if (this.condition === 'offline') throw new TypeError('fetch failed');
    if (this.condition === 'broken') return new Response('', { status: 503 });
    if (this.condition === 'limited') return new Response('', { status: 429 });
    if (this.condition === 'nonsense') return new Response('<html>');
    // A username says which key it belongs to.
    const username = new URL(url).searchParams.get('apiKey')!;
    return Response.json([{ urls: 'turn:relay.example:443', username, credential: 'secret' }]);
  };

  userOf(username: string | undefined): string | undefined {
    return this.#minted.get(username ?? '')?.user;
  }

  /**
   * Returns the age of a credential in milliseconds, as its page can know it. The wall clock alone decides: if the machine slept and the
   * clock was then set back, nothing tells a page how long it slept, and an answer of another tab comes with the wall clock's time alone.
   */
  ageMsOf(username: string | undefined): number {
    const minted = this.#minted.get(username ?? '');
    return minted ? Date.now() - minted.calledAt : Infinity;
  }

  #latency(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, 20 + this.#random() * 300));
  }
}

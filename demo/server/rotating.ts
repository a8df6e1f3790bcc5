import { Hono } from 'hono';
import type { Credential, Credentials } from './credentials.js';
import { iceServers, type TurnPorts } from './ice-servers.js';

/** What a route returns that creates a credential for each response. Everything may be changed while it runs. */
export class Rotating {
  /** The lifetime of each new credential. */
  lifeSeconds = 20;
  /** The lifetime that responses state instead of the real one, so that a credential expires before or after its `ttl`. */
  ttlSeconds: number | undefined;
  /** Whether to return the newest credential again and again, expired or not, as if it were new. */
  samePair = false;
  readonly #credentials: Credentials;
  readonly #pairs: Credential[] = [];
  #answers = 0;
  #newest: Promise<Credential> | undefined;

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
  }

  /** Every credential so far, newest last. */
  get pairs(): readonly Credential[] {
    return this.#pairs;
  }

  /** How many responses contained a credential. */
  get answers(): number {
    return this.#answers;
  }

  async next(): Promise<{ readonly credential: Credential; readonly ttl: number }> {
    if (!this.#newest || !this.samePair) this.#newest = this.#create();
    const credential = await this.#newest;
    this.#answers += 1;
    return { credential, ttl: this.ttlSeconds ?? (this.samePair ? this.lifeSeconds : secondsLeft(credential)) };
  }

  async #create(): Promise<Credential> {
    const credential = await this.#credentials.create({ expiryInSeconds: this.lifeSeconds, label: 'rotating' });
    this.#pairs.push(credential);
    return credential;
  }
}

/** Never more than the remaining lifetime: adding the credential to the TURN server took some of it. */
function secondsLeft({ expiresAt }: Credential): number {
  return Math.max(0, Math.floor((expiresAt - Date.now()) / 100) / 10);
}

export function rotatingApi(rotating: Rotating, credentials: Credentials, turn: TurnPorts): Hono {
  const api = new Hono();

  api.get('/', async (context) => {
    const { apiKey, region } = context.req.query();
    const owner = apiKey ? credentials.findByKey(apiKey) : undefined;
    if (!owner || credentials.stateOf(owner) !== 'valid') return context.json({ error: 'Invalid API Key' }, 401);

    const { credential, ttl } = await rotating.next();
    return context.json({ iceServers: iceServers(turn, credential, region), ttl });
  });

  return api;
}

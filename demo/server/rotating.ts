import { Hono } from 'hono';
import type { Credential, Credentials } from './credentials.js';
import { iceServers, type TurnPorts } from './ice-servers.js';

/** What an own proxy gives out that makes a pair of its own for each answer. Everything may change while it runs. */
export class Rotating {
  /** How long each new pair lives. */
  lifeSeconds = 20;
  /** What the answers say instead of the truth: a pair that dies early, or one that outlives its `ttl`. */
  ttlSeconds: number | undefined;
  /** Gives the newest pair again and again, dead or alive, as if it were new. */
  samePair = false;
  readonly #credentials: Credentials;
  readonly #pairs: Credential[] = [];
  #answers = 0;
  #newest: Promise<Credential> | undefined;

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
  }

  /** Every pair so far, the newest last. */
  get pairs(): readonly Credential[] {
    return this.#pairs;
  }

  /** How many answers held a pair. */
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

/** Never more than there is: making the TURN server know the pair has taken some of its life. */
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

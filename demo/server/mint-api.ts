import type { HttpBindings } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import { lifeRange, parseLife, type Mint } from './mint.js';

type MintApi = Hono<{ Bindings: HttpBindings }>;

/** The route of an app with its own server. A visitor is identified by IP address, because the demo has no users. */
export function mintApi(mint: Mint): MintApi {
  const api: MintApi = new Hono();
  api.use(ownPageOnly);

  api.get('/', async (context) => {
    context.header('Cache-Control', 'no-store');
    const wanted = context.req.query('expiryInSeconds');
    const life = wanted === undefined ? mint.lifeSeconds : parseLife(wanted);
    if (life === undefined) return context.json({ error: `expiryInSeconds must be ${lifeRange}.` }, 400);

    const visitor = context.env.incoming.socket.remoteAddress ?? '';
    const wait = mint.secondsUntilFree(visitor);
    if (wait > 0) {
      context.header('Retry-After', String(wait));
      return context.json({ error: 'You have too many valid credentials. Try again later.' }, 429);
    }
    try {
      return context.json(await mint.create(visitor, life));
    } catch (error) {
      // The reason is for the person who runs the demo, not for the visitor.
      console.error(error instanceof Error ? error.message : 'No credential was created.');
      return context.json({ error: 'The TURN provider issued no credential.' }, 502);
    }
  });

  return api;
}

/** Otherwise, another site could use up credentials from the visitor's browser, even through its own name for this computer. */
const ownPageOnly: MiddlewareHandler = async (context, next) => {
  const { hostname } = new URL(context.req.url);
  const site = context.req.header('Sec-Fetch-Site') ?? 'none';
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname) || !['same-origin', 'none'].includes(site)) {
    return context.json({ error: 'This route is only for the demo page.' }, 403);
  }
  return next();
};

import { Hono, type Context } from 'hono';
import { mintIceServers, mintTurnKey } from './metered.js';
import { getUser } from './session.js';

/** In your app: `app.route('/api', turn)`. */
export const turn = new Hono();

// The `apiKey` function in the page requests this.
turn.get('/turn-key', (context) => reply(context, mintTurnKey));

// For a page with `endpoint: '/api/ice-servers'`.
turn.get('/ice-servers', (context) => reply(context, mintIceServers));

async function reply(context: Context, mint: typeof mintTurnKey): Promise<Response> {
  context.header('Cache-Control', 'no-store');
  const user = await getUser(context.req.raw);
  if (!user) return context.json({ error: 'Sign in first.' }, 401);
  // Add a rate limit per user and per IP address here: without one, a stolen session can create any number of credentials.
  const { status, body } = await mint(user.id, process.env);
  return context.json(body, status);
}

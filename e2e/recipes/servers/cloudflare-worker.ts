import { mintIceServers, mintTurnKey, type MeteredEnv } from './metered.js';
import { getUser } from './session.js';

const routes = new Map([
  // The `apiKey` function in the page requests this.
  ['/api/turn-key', mintTurnKey],
  // For a page with `endpoint: '/api/ice-servers'`.
  ['/api/ice-servers', mintIceServers],
]);

export default {
  /** METERED_APP_NAME is a variable of the Worker; the Secret Key is a secret: `npx wrangler secret put METERED_SECRET_KEY`. */
  async fetch(request: Request, env: MeteredEnv): Promise<Response> {
    const headers = { 'Cache-Control': 'no-store' };
    const mint = routes.get(new URL(request.url).pathname);
    if (!mint || request.method !== 'GET') return Response.json({ error: 'Not found.' }, { status: 404, headers });

    const user = await getUser(request);
    if (!user) return Response.json({ error: 'Sign in first.' }, { status: 401, headers });
    // Add a rate limit per user and per IP address here: without one, a stolen session can create any number of credentials.
    const { status, body } = await mint(user.id, env);
    return Response.json(body, { status, headers });
  },
};

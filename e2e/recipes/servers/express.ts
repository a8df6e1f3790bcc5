import { Router, type Request, type Response } from 'express';
import { mintIceServers, mintTurnKey } from './metered.js';
import { getUser } from './session.js';

/** In your app: `app.use('/api', turn)`. It needs Express 5, which handles a rejected promise; Express 4 does not. */
export const turn = Router();

// The `apiKey` function in the page requests this.
turn.get('/turn-key', (request, response) => reply(request, response, mintTurnKey));

// For a page with `endpoint: '/api/ice-servers'`.
turn.get('/ice-servers', (request, response) => reply(request, response, mintIceServers));

async function reply(request: Request, response: Response, mint: typeof mintTurnKey): Promise<void> {
  response.set('Cache-Control', 'no-store');
  const user = await getUser(request);
  if (!user) {
    response.status(401).json({ error: 'Sign in first.' });
    return;
  }
  // Add a rate limit per user and per IP address here: without one, a stolen session can create any number of credentials.
  const { status, body } = await mint(user.id, process.env);
  response.status(status).json(body);
}

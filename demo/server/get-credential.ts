import { Hono } from 'hono';
import type { Credentials } from './credentials.js';
import { iceServers, type TurnPorts } from './ice-servers.js';

/** The only API call that a browser makes: https://www.metered.ca/docs/turn-rest-api/get-credential */
export function getCredential(credentials: Credentials, turn: TurnPorts, defaultRegion: string | undefined): Hono {
  const api = new Hono();

  api.get('/', (context) => {
    const { apiKey, region } = context.req.query();
    if (!apiKey) return context.json({ error: 'Please specify API Key' }, 400);

    // Metered does not say how it responds for an expired credential. The response to a wrong key is the safest guess.
    const credential = credentials.findByKey(apiKey);
    if (!credential || credentials.stateOf(credential) !== 'valid') {
      return context.json({ error: 'Invalid API Key' }, 401);
    }
    return context.json(iceServers(turn, credential, region ?? defaultRegion));
  });

  return api;
}

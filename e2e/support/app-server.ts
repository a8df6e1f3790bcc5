import { createCredential } from '../../demo/server/metered-service.js';
import type { StandIn } from '../../demo/server/stand-in.js';
import type { Site } from './site.js';

/** A request that an app's route has received. */
export interface RouteRequest {
  readonly path: string;
  readonly cookie: string | null;
}

/** The routes of an app that has a server of its own. */
export interface AppServer {
  /** Every request so far, the oldest first. */
  readonly requests: readonly RouteRequest[];
  /** The usernames of the credentials that were minted, the oldest first. */
  readonly minted: readonly string[];
  /** What happens before each answer; it may throw, and the route then answers 500. */
  beforeAnswer: () => Promise<void> | void;
  countOf(path: string): number;
}

export const turnKeyPath = '/api/turn-key';
export const iceServersPath = '/api/ice-servers';

const usualLifeSeconds = 600;

/**
 * Adds two routes to a site: `/api/turn-key` mints a credential for each request, as Metered's documentation advises, and
 * `/api/ice-servers` answers with the servers of such a credential. `?expiryInSeconds=` is the life that the answer names;
 * `?realLife=` is that of the credential if it is another one.
 */
export function serveApp(site: Site, standIn: StandIn): AppServer {
  const requests: RouteRequest[] = [];
  const minted: string[] = [];
  const app = { requests, minted, beforeAnswer: (): Promise<void> | void => {}, countOf };

  function countOf(path: string): number {
    return requests.filter((request) => request.path === path).length;
  }

  async function mint({ searchParams }: URL) {
    const expiryInSeconds = Number(searchParams.get('expiryInSeconds') ?? usualLifeSeconds);
    const realLife = Number(searchParams.get('realLife') ?? expiryInSeconds);
    const { username, apiKey } = await createCredential(standIn, realLife, 'app server');
    minted.push(username);
    return { username, apiKey, expiryInSeconds };
  }

  async function iceServers(url: URL) {
    const { apiKey, expiryInSeconds } = await mint(url);
    const answer = await fetch(standIn.addressOf(apiKey));
    return { iceServers: (await answer.json()) as RTCIceServer[], ttl: expiryInSeconds };
  }

  const serve = (path: string, answer: (url: URL) => Promise<object>): void =>
    site.route(path, async (request) => {
      requests.push({ path, cookie: request.headers.get('cookie') });
      try {
        await app.beforeAnswer();
        return Response.json(await answer(new URL(request.url)), { headers: { 'cache-control': 'no-store' } });
      } catch {
        return Response.json({ error: 'The route failed.' }, { status: 500 });
      }
    });
  serve(turnKeyPath, mint);
  serve(iceServersPath, iceServers);
  return app;
}

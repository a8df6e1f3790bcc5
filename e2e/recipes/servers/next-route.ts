// app/api/turn/route.ts, with metered.ts and session.ts beside it. For Next.js 15 or later.
import { mintIceServers, mintTurnKey } from './metered';
import { getUser } from './session';

// The `apiKey` function in the page requests this: fetch('/api/turn', { method: 'POST', signal }).
export function POST(request: Request): Promise<Response> {
  return reply(request, mintTurnKey);
}

// For a page with `endpoint: '/api/turn'`.
export function GET(request: Request): Promise<Response> {
  return reply(request, mintIceServers);
}

async function reply(request: Request, mint: typeof mintTurnKey): Promise<Response> {
  const headers = { 'Cache-Control': 'no-store' };
  const user = await getUser(request);
  if (!user) return Response.json({ error: 'Sign in first.' }, { status: 401, headers });
  // Add a rate limit per user and per IP address here: without one, a stolen session can create any number of credentials.
  const { status, body } = await mint(user.id, process.env);
  return Response.json(body, { status, headers });
}

import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { mintApi } from '../../demo/server/mint-api.js';
import { Mint } from '../../demo/server/mint.js';
import { startStandIn, type StandIn } from '../../demo/server/stand-in.js';

let standIn: StandIn;
let mint: Mint;
let server: Server;
let address: string;

beforeAll(async () => {
  standIn = await startStandIn({ kind: 'node-turn' });
});
beforeEach(() => {
  mint = new Mint({ account: standIn, lifeSeconds: 20, mostPerVisitor: 3 });
});
afterEach(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});
afterAll(() => standIn.stop());

const open = async (served: Mint): Promise<void> => {
  server = serve({ fetch: mintApi(served).fetch, hostname: '127.0.0.1', port: 0 }) as Server;
  if (!server.listening) await once(server, 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
};

const get = (query = '', headers: Record<string, string> = {}): Promise<Response> => fetch(address + query, { headers });

const keyFrom = async (response: Response): Promise<string> => ((await response.json()) as { apiKey: string }).apiKey;

describe('the mint route', () => {
  beforeEach(() => open(mint));

  it('answers with a key that Get Credential accepts', async () => {
    const apiKey = await keyFrom(await get());
    expect((await fetch(standIn.addressOf(apiKey))).status).toBe(200);
  });

  it('answers with the usual life, which the credential has', async () => {
    const body = (await (await get()).json()) as { apiKey: string };
    expect(body).toEqual({ apiKey: expect.any(String), expiryInSeconds: 20 });
    expect(standIn.credentials.findByKey(body.apiKey)?.expiryInSeconds).toBe(20);
  });

  it('answers with a new key each time', async () => {
    expect(await keyFrom(await get())).not.toBe(await keyFrom(await get()));
  });

  it.each([5, 60, 3600])('grants a life of %d seconds', async (life) => {
    const apiKey = await keyFrom(await get(`?expiryInSeconds=${life}`));
    expect(standIn.credentials.findByKey(apiKey)?.expiryInSeconds).toBe(life);
  });

  it.each(['', '0', '4', '3601', '-20', '20.5', '1e2', '99999999999999999999', 'long', 'NaN'])('refuses a life of "%s"', async (life) => {
    const response = await get(`?expiryInSeconds=${life}`);
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: 'expiryInSeconds must be a whole number of seconds from 5 to 3600.' },
    ]);
  });

  it('refuses a visitor more than may live at once, also when all are asked for together', async () => {
    const responses = await Promise.all(Array.from({ length: 5 }, () => get()));
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
  });

  it('tells when the next may be had', async () => {
    await Promise.all(['?expiryInSeconds=60', '?expiryInSeconds=30', '?expiryInSeconds=90'].map((query) => get(query)));
    const wait = Number((await get()).headers.get('retry-after'));
    expect(wait).toBeGreaterThan(20);
    expect(wait).toBeLessThanOrEqual(30);
  });

  it.each([
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a page of another port', { 'sec-fetch-site': 'same-site' }],
  ])('refuses %s', async (_, headers) => {
    expect((await get('', headers)).status).toBe(403);
  });

  it('refuses a host name that somebody else made lead to this computer', async () => {
    const { port } = server.address() as AddressInfo;
    const request = httpRequest({ port, host: '127.0.0.1', headers: { host: `rebound.example:${port}` } }).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(response.resume().statusCode).toBe(403);
  });

  it('serves its own page', async () => {
    expect((await get('', { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it.each([
    ['a key', ''],
    ['a refusal', '?expiryInSeconds=0'],
  ])('forbids caches to keep %s', async (_, query) => {
    expect((await get(query)).headers.get('cache-control')).toBe('no-store');
  });
});

describe.each([
  ['refuses the Secret Key', () => ({ origin: standIn.origin, secretKey: 'w'.repeat(48) })],
  ['is not reached', () => ({ origin: 'http://127.0.0.1:9', secretKey: standIn.secretKey })],
  ['has no address', () => ({ origin: 'https://my app.metered.live', secretKey: standIn.secretKey })],
])('if the provider %s, the mint route', (_, accountOf) => {
  let said: string;
  beforeEach(async () => {
    said = '';
    vi.spyOn(console, 'error').mockImplementation((...values) => void (said += values.join(' ')));
    await open(new Mint({ account: accountOf(), lifeSeconds: 20, mostPerVisitor: 3 }));
  });

  it('answers 502 with a sentence of its own', async () => {
    const response = await get();
    expect([response.status, await response.json()]).toEqual([502, { error: 'The TURN provider issued no credential.' }]);
  });

  it('tells the person who runs the demo why, without the Secret Key', async () => {
    await get();
    expect(said).toMatch(/METERED_SECRET_KEY|METERED_APP_NAME/);
    expect(said).not.toContain(accountOf().secretKey);
  });

  it('does not count what was not created', async () => {
    for (let count = 0; count < 4; count++) expect((await get()).status).toBe(502);
  });
});

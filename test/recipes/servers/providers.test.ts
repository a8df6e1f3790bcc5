import { createHmac } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { fromCloudflare, fromCoturn, fromTwilio, fromXirsys } from '../../../e2e/recipes/servers/providers.js';
import { createIceServersLoader } from '../../../src/index.js';

const hours = 4 * 3600;
const turn = { urls: 'turn:turn.example.com:3478', username: 'user', credential: 'password' };

/** Answers the next request of a recipe, and notes it. */
function answer(body: unknown, status = 200) {
  const fetch = vi.fn(async (_url: string, _init: RequestInit) => Response.json(body, { status }));
  vi.stubGlobal('fetch', fetch);
  return () => new Request(...fetch.mock.calls[0]!);
}

/** What a page gets whose route returns this body, and for how many seconds. */
async function load(body: unknown) {
  const loader = createIceServersLoader({ getServers: () => body });
  const { iceServers } = await loader.load();
  const { fetchedAt, expiresAt } = loader.status!;
  return { iceServers, seconds: Math.round((expiresAt - fetchedAt) / 1000) };
}

it('requests a token from Twilio, whose body the package reads', async () => {
  const sent = answer({ ice_servers: [{ ...turn, url: turn.urls }], ttl: String(hours), account_sid: 'AC1' }, 201);
  expect(await load(await fromTwilio('AC1', 'token'))).toEqual({ iceServers: [turn], seconds: hours });
  const { url, method, headers } = sent();
  expect([method, url]).toEqual(['POST', 'https://api.twilio.com/2010-04-01/Accounts/AC1/Tokens.json']);
  expect(headers.get('authorization')).toBe(`Basic ${btoa('AC1:token')}`);
  expect(await sent().text()).toBe(`Ttl=${hours}`);
});

it('requests servers from Cloudflare, and adds their lifetime', async () => {
  const sent = answer({ iceServers: [turn] }, 201);
  expect(await load(await fromCloudflare('key', 'token'))).toEqual({ iceServers: [turn], seconds: hours });
  const { url, method, headers } = sent();
  expect([method, url]).toEqual(['POST', 'https://rtc.live.cloudflare.com/v1/turn/keys/key/credentials/generate-ice-servers']);
  expect(headers.get('authorization')).toBe('Bearer token');
  expect(await sent().json()).toEqual({ ttl: hours });
});

it('requests servers from Xirsys, and adds their lifetime', async () => {
  const sent = answer({ v: { iceServers: { ...turn, urls: [turn.urls] } }, s: 'ok' });
  expect(await load(await fromXirsys('ident', 'secret', 'channel'))).toEqual({
    iceServers: [{ ...turn, urls: [turn.urls] }],
    seconds: hours,
  });
  const { url, method, headers } = sent();
  expect([method, url]).toEqual(['PUT', 'https://global.xirsys.net/_turn/channel']);
  expect(headers.get('authorization')).toBe(`Basic ${btoa('ident:secret')}`);
  expect(await sent().json()).toEqual({ format: 'urls', expire: hours });
});

it('signs a username for coturn that carries its expiry', async () => {
  const { iceServers, seconds } = await load(fromCoturn('secret', 'turn.example.com', 'user-42'));
  const [{ username = '', credential, urls } = { urls: [] }] = iceServers;
  expect(urls).toEqual(['turn:turn.example.com:3478', 'turn:turn.example.com:3478?transport=tcp']);
  expect(username).toMatch(/^\d{10}:user-42$/);
  expect(Number.parseInt(username, 10) - Date.now() / 1000).toBeCloseTo(hours, -1);
  expect(credential).toBe(createHmac('sha1', 'secret').update(username).digest('base64'));
  expect(seconds).toBe(hours);
});

it.each([
  ['Twilio', () => fromTwilio('AC1', 'a-secret')],
  ['Cloudflare', () => fromCloudflare('key', 'a-secret')],
  ['Xirsys', () => fromXirsys('ident', 'a-secret', 'channel')],
])('fails without a word of the secret if %s refuses', async (_, request) => {
  answer({ message: 'a-secret' }, 403);
  await expect(request()).rejects.toThrow(/^The TURN provider responded with 403\.$/);
});

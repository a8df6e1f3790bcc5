import { describe, expect, it } from 'vitest';
import { readBodyShape } from '../../src/credentials/body-shapes.js';
import { parseResponse } from '../../src/credentials/parse-response.js';
import { whyConstructorThrows } from '../support/constructor-oracle.js';
import { json, meteredBody } from '../support/endpoint.js';
import { openTab } from '../support/loaders.js';
import { openServersTab } from '../support/sources.js';
import { failureOf, secondMs, settle, startOfTime } from '../support/world.js';

const servers = meteredBody();

const pair = { username: '1780000000:ada', credential: 'secret' };
const stun = { urls: 'stun:stun.example:3478' };
const turnUrls = ['turn:turn.example:3478?transport=udp', 'turns:turn.example:5349?transport=tcp'];

interface Shape {
  readonly name: string;
  /** Where the shape is documented. */
  readonly source: string;
  readonly body: unknown;
  readonly iceServers: readonly RTCIceServer[];
  /** Seconds. */
  readonly ttl?: number;
}

const shapes: readonly Shape[] = [
  {
    name: 'a bare list, as Metered sends it',
    source: 'https://www.metered.ca/docs/turn-rest-api/get-credential',
    body: servers,
    iceServers: servers,
  },
  {
    name: 'iceServers, as in an RTCConfiguration',
    source: 'https://www.w3.org/TR/webrtc/#dom-rtcconfiguration-iceservers',
    body: { iceServers: [stun, { urls: turnUrls, ...pair }] },
    iceServers: [stun, { urls: turnUrls, ...pair }],
  },
  {
    name: 'iceServers and their life',
    source: 'https://www.w3.org/TR/webrtc/#dom-rtcconfiguration-iceservers',
    body: { iceServers: [{ urls: turnUrls, ...pair }], ttl: 600 },
    iceServers: [{ urls: turnUrls, ...pair }],
    ttl: 600,
  },
  {
    name: 'iceServers as one object, of the older call of Cloudflare',
    source: 'https://github.com/cloudflare/cloudflare-docs/pull/17007',
    body: { iceServers: { urls: [stun.urls, ...turnUrls], ...pair } },
    iceServers: [{ urls: [stun.urls, ...turnUrls], ...pair }],
  },
  {
    name: 'iceServers of the newer call of Cloudflare',
    source: 'https://developers.cloudflare.com/realtime/turn/generate-credentials/',
    body: { iceServers: [{ urls: [stun.urls] }, { urls: turnUrls, ...pair }] },
    iceServers: [{ urls: [stun.urls] }, { urls: turnUrls, ...pair }],
  },
  {
    name: 'a token of Twilio, with its life in text',
    source: 'https://www.twilio.com/docs/stun-turn/api',
    body: {
      account_sid: 'AC',
      date_created: 'Fri, 01 May 2020 01:42:57 +0000',
      ice_servers: [
        { url: stun.urls, urls: stun.urls },
        { url: turnUrls[0], urls: turnUrls[0], ...pair },
      ],
      password: pair.credential,
      ttl: '86400',
      username: pair.username,
    },
    iceServers: [stun, { urls: turnUrls[0]!, ...pair }],
    ttl: 86_400,
  },
  {
    name: 'a token of Twilio as it was, with url alone',
    source: 'https://www.twilio.com/docs/stun-turn/api',
    body: { ice_servers: [{ url: stun.urls }, { url: turnUrls[0], ...pair }], ttl: '30', username: 'u', password: 'p' },
    iceServers: [stun, { urls: turnUrls[0]!, ...pair }],
    ttl: 30,
  },
  {
    name: 'Xirsys with format: "urls"',
    source: 'https://docs.xirsys.com/?pg=api-turn',
    body: { v: { iceServers: { ...pair, urls: [stun.urls, ...turnUrls] } }, s: 'ok' },
    iceServers: [{ urls: [stun.urls, ...turnUrls], ...pair }],
  },
  {
    name: 'Xirsys without a format',
    source: 'https://docs.xirsys.com/?pg=api-turn',
    body: { v: { iceServers: [{ url: stun.urls }, { ...pair, url: turnUrls[0] }] }, s: 'ok' },
    iceServers: [stun, { urls: turnUrls[0]!, ...pair }],
  },
  {
    name: 'one entry alone',
    source: 'https://github.com/feross/simple-peer/issues/166',
    body: { urls: turnUrls, ...pair },
    iceServers: [{ urls: turnUrls, ...pair }],
  },
  {
    name: 'one entry alone with its life',
    source: 'https://github.com/feross/simple-peer/issues/166',
    body: { urls: turnUrls[0], ...pair, ttl: '600' },
    iceServers: [{ urls: turnUrls[0]!, ...pair }],
    ttl: 600,
  },
  {
    name: 'the REST scheme of coturn',
    source: 'https://datatracker.ietf.org/doc/html/draft-uberti-behave-turn-rest-00#section-2.2',
    body: { username: pair.username, password: pair.credential, ttl: 86_400, uris: turnUrls },
    iceServers: [{ urls: turnUrls, ...pair }],
    ttl: 86_400,
  },
  {
    name: 'the REST scheme of coturn with the time of expiry as username, a number',
    source: 'https://datatracker.ietf.org/doc/html/draft-uberti-behave-turn-rest-00#section-2.2',
    body: { username: 1_780_000_000, password: pair.credential, ttl: '3600', uris: turnUrls },
    iceServers: [{ urls: turnUrls, username: '1780000000', credential: pair.credential }],
    ttl: 3600,
  },
  {
    name: 'blanks around URLs, as of a setting that was split at commas',
    source: 'https://datatracker.ietf.org/doc/html/rfc7065#section-3.1',
    body: { iceServers: [{ urls: [` ${turnUrls[0]}`, `${turnUrls[1]}\n`], ...pair }] },
    iceServers: [{ urls: turnUrls, ...pair }],
  },
];

describe.each(shapes)('C-83: $name ($source)', ({ body, iceServers, ttl }) => {
  it('is read, with its life', () => {
    expect(parseResponse(body)).toEqual({ iceServers, dropped: 0, ttl, hasTurn: true });
  });

  it.each([
    ['an endpoint sends it', () => openTab({}, json(body))],
    ['getServers returns it', () => openServersTab(() => body)],
  ])('is a configuration that browsers accept, if %s', async (_, open) => {
    const { loader } = open();
    const configuration = await settle(loader.load());
    expect(configuration).toEqual({ iceServers });
    expect(whyConstructorThrows(configuration)).toBeUndefined();
    expect(loader.status).toMatchObject({ hasTurn: true, expiresAt: startOfTime + (ttl ?? 3600) * secondMs });
  });
});

describe('a body', () => {
  const rows: [what: string, body: unknown, entries: readonly unknown[], ttl: unknown][] = [
    ['with iceServers and more that is nobody’s business', { iceServers: servers, region: 'eu', ok: true }, servers, undefined],
    ['that is an empty list', [], [], undefined],
    ['with empty iceServers', { iceServers: [] }, [], undefined],
    ['that is a list of anything: entries are checked later', [1, null, 'x'], [1, null, 'x'], undefined],
    ['with a life of anything: it is checked later', { iceServers: servers, ttl: 'long' }, servers, 'long'],
    ['with two shapes, of which iceServers counts', { iceServers: servers, ice_servers: [], uris: [], ttl: 1 }, servers, 1],
    ['with entries that are no objects in ice_servers', { ice_servers: [null, 'x'] }, [{}, {}], undefined],
  ];

  it.each(rows)('%s has its entries and its life', (_, body, entries, ttl) => {
    expect(readBodyShape(body)).toEqual({ entries, ttl });
  });

  const others: [what: string, body: unknown][] = [
    ['that was no JSON', undefined],
    ['that is null', null],
    ['that is a number', 7],
    ['that is true', true],
    ['that is text', 'iceServers'],
    ['that is an empty object', {}],
    ['that reports an error', { error: 'Invalid API Key' }],
    ['that reports an error of Xirsys', { s: 'error', v: 'unauthorized' }],
    ['with iceServers that are text', { iceServers: 'stun:turn.example' }],
    ['with iceServers that are null', { iceServers: null }],
    ['with iceServers that are an object of another kind', { iceServers: { servers } }],
    ['with ice_servers that are an object', { ice_servers: { urls: stun.urls } }],
    ['with uris that are text', { uris: turnUrls[0], username: 'u', password: 'p' }],
    ['with url alone, outside of a list', { url: stun.urls }],
    ['with urls that are a number', { urls: 7 }],
    ['whose list is deeper inside', { data: { iceServers: servers } }],
    ['with a life alone', { ttl: 600 }],
  ];

  it.each(others)('%s has none', (_, body) => {
    expect(readBodyShape(body)).toBeUndefined();
  });

  it.each(others.filter(([, body]) => body !== undefined))(
    'C-83: %s rejects load with invalid-response, which names the shape that is wanted',
    async (_, body) => {
      const error = (await failureOf(openTab({}, json(body)).loader.load())) as Error;
      expect(error).toMatchObject({ code: 'invalid-response' });
      expect(error.message).toContain('such as { iceServers: [{ urls, username, credential }] }');
    },
  );
});

import { describe, expect, it, vi } from 'vitest';
import { createIceServersLoader, isIceServersError, loadRTCConfiguration, regions, type IceServersOptions } from '../src/index.js';
import { address, apiKey, createEndpoint, otherApiKey } from './support/endpoint.js';
import { makeLoader, openTab } from './support/loaders.js';
import { settle, failureOf } from './support/world.js';

const thrownBy = (work: () => unknown): Error => {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Nothing was thrown.');
};

/** What the factory throws for options that no type would allow. */
const refusalOf = (options: unknown): Error => thrownBy(() => createIceServersLoader(options as IceServersOptions));

/** The address that is asked for these options. */
const askedBy = async (options: IceServersOptions | string | URL): Promise<string> => {
  const endpoint = createEndpoint();
  vi.stubGlobal('fetch', endpoint.fetch);
  vi.stubGlobal('indexedDB', undefined);
  await settle(makeLoader(options).load());
  return endpoint.requests[0]!.url.href;
};

const asked = (key = apiKey, app = 'demo'): string => `https://${app}.metered.live/api/v1/turn/credentials?apiKey=${key}`;

describe('the app name', () => {
  it.each([
    ['demo', 'demo'],
    [' demo\n', 'demo'],
    ['demo.metered.live', 'demo'],
    ['https://demo.metered.live', 'demo'],
    ['https://demo.metered.live/', 'demo'],
    ['http://demo.metered.live', 'demo'],
    ['https://demo.metered.live/api/v1/turn/credentials', 'demo'],
    ['temp_chat', 'temp_chat'],
    ['baby-monitor', 'baby-monitor'],
    ['8b3f0c9e-1c2d-4e5f-9a6b-7c8d9e0f1a2b', '8b3f0c9e-1c2d-4e5f-9a6b-7c8d9e0f1a2b'],
  ])('%j asks the host of that app', async (appName, app) => {
    expect(await askedBy({ appName, apiKey })).toBe(asked(apiKey, app));
  });

  it.each(['demo.example.com', 'https://evil.example/demo.metered.live', 'demo.metered.live.evil.example', 'a b', 'demo/x', 'demo@evil'])(
    '%j is refused',
    (appName) => {
      const error = refusalOf({ appName, apiKey });
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toMatch(/appName must be a Metered app name, such as demo/);
    },
  );
});

describe('the endpoint', () => {
  it.each([
    ['a string', `${address}?apiKey=${apiKey}`],
    ['a URL', new URL(`${address}?apiKey=${apiKey}`)],
    ['a string with white space round it', `  ${address}?apiKey=${apiKey}\n`],
  ])('may hold the key, as %s', async (_, endpoint) => {
    expect(await askedBy({ endpoint })).toBe(asked());
    expect(await askedBy(endpoint)).toBe(asked());
  });

  it('gets the key of the apiKey option', async () => {
    expect(await askedBy({ endpoint: 'https://turn.example.com/ice?tenant=7', apiKey })).toBe(
      `https://turn.example.com/ice?tenant=7&apiKey=${apiKey}`,
    );
  });

  it('may be plain http, for a local stand-in', async () => {
    expect(await askedBy({ endpoint: 'http://localhost:8080/api/v1/turn/credentials', apiKey })).toBe(
      `http://localhost:8080/api/v1/turn/credentials?apiKey=${apiKey}`,
    );
  });

  it('loses its fragment, which is never sent', async () => {
    expect(await askedBy({ endpoint: `${address}?apiKey=${apiKey}#top` })).toBe(asked());
  });

  it('gives way to the apiKey option where both have a key', async () => {
    expect(await askedBy({ endpoint: `${address}?apiKey=${otherApiKey}`, apiKey })).toBe(asked());
  });

  it.each([
    '/api/v1/turn/credentials',
    'demo',
    'ftp://demo.metered.live/',
    'xhttp://demo.metered.live/',
    'javascript:alert(1)',
    'https://user:word@demo.metered.live/',
  ])('%j is refused', (endpoint) => {
    const error = refusalOf({ endpoint, apiKey });
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/endpoint must be an http\(s\) address/);
  });

  it('and the app name together are refused, and the message says which to drop', () => {
    const error = refusalOf({ appName: 'demo', endpoint: address, apiKey });
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/drop endpoint, or appName/);
  });

  it('and the app name are both missing: the message says so', () => {
    const error = refusalOf({ apiKey });
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/appName, such as demo, or endpoint is missing\./);
  });
});

describe('an endpoint of the app itself', () => {
  it.each(['https://turn.example.com/ice', 'http://localhost:8080/', 'https://notmetered.live/', 'https://demo.metered.live.example.com/'])(
    '%s needs no key, and is asked without one',
    async (endpoint) => {
      expect(await askedBy({ endpoint })).toBe(endpoint);
    },
  );

  it('is asked without a key for a region as well', async () => {
    expect(await askedBy({ endpoint: 'https://turn.example.com/ice', region: 'europe' })).toBe(
      'https://turn.example.com/ice?region=europe',
    );
  });

  it('may be the whole of the options', async () => {
    expect(await askedBy('https://turn.example.com/ice')).toBe('https://turn.example.com/ice');
  });

  it.each(['https://metered.live/', 'https://a.b.metered.live/', 'http://DEMO.METERED.LIVE/'])(
    'is none that Metered answers at (%s): the key is missing there',
    (endpoint) => {
      expect(refusalOf({ endpoint }).message).toMatch(/apiKey is missing/);
    },
  );

  it.each([
    ['as an option', { endpoint: 'https://turn.example.com/ice', apiKey: '' }],
    ['in the address', { endpoint: 'https://turn.example.com/ice?apiKey=' }],
  ])('does not excuse a key that is given and empty (%s): a setting was not filled in', (_, options) => {
    expect(refusalOf(options).message).toMatch(/apiKey is missing/);
  });

  it('gets no Secret Key either', () => {
    expect(refusalOf({ endpoint: 'https://turn.example.com/ice', apiKey: 'sk_live_1234' })).toMatchObject({ code: 'secret-key' });
  });
});

describe('the API key', () => {
  it.each([
    ['in double quotes', `"${apiKey}"`],
    ['in single quotes', `'${apiKey}'`],
    ['with a line break', `${apiKey}\n`],
    ['with white space and quotes', ` "${apiKey}" `],
    ['with white space inside the quotes', `" ${apiKey} "`],
  ])('%s is cleaned', async (_, given) => {
    expect(await askedBy({ appName: 'demo', apiKey: given })).toBe(asked());
  });

  it.each(['future-key_1', 'my-sk_1', 'my-pk_1', 'my-pk_live_1'])(
    'of another shape (%s) passes: the service may change it',
    async (key) => {
      expect(await askedBy({ appName: 'demo', apiKey: key })).toBe(asked(key));
    },
  );

  it.each(['a"b"', '"a"b', '\'a"'])('with a quote that is none round it (%s) stays as it is', async (key) => {
    expect(new URL(await askedBy({ appName: 'demo', apiKey: key })).searchParams.get('apiKey')).toBe(key);
  });

  it.each([
    ['is left out', { appName: 'demo' }],
    ['is undefined', { appName: 'demo', apiKey: undefined }],
    ['is empty', { appName: 'demo', apiKey: '' }],
    ['is blank', { appName: 'demo', apiKey: ' \n' }],
    ['is a pair of quotes', { appName: 'demo', apiKey: '""' }],
    ['is not in the address either', { endpoint: address }],
  ])('that %s is a TypeError that says where to find one', (_, options) => {
    const error = refusalOf(options);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/apiKey is missing.*Show API Key/);
  });

  const hex = '0123456789abcdef'.repeat(3);
  const mixed = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdEfGhIj';
  it.each([
    ['an old Secret Key', hex, /Secret Key/],
    ['a new Secret Key', mixed, /Secret Key/],
    ['a quoted Secret Key', `"${hex}"`, /Secret Key/],
    ['sk_live_…', 'sk_live_1234', /Secret Key/],
    ['sk_id_…', 'sk_id_1234', /Secret Key/],
    ['pk_live_…', 'pk_live_1234', /Realtime key/],
    ['pk_…', 'pk_1234', /project key/],
  ])('%s is stopped before any request, and the message says what it is', (_, key, kind) => {
    const { endpoint } = openTab();
    const error = refusalOf({ appName: 'demo', apiKey: key, fetch: endpoint.fetch });
    expect(error).toMatchObject({ name: 'IceServersError', code: 'secret-key', retryable: false });
    expect(error.message).toMatch(kind);
    expect(error.message).toMatch(/Show API Key/);
    expect(error.message).not.toContain(key);
    expect(endpoint.requests).toEqual([]);
  });

  it.each([hex, 'sk_live_1234'])('that is a Secret Key should be rotated, says the message', (key) => {
    expect(refusalOf({ appName: 'demo', apiKey: key }).message).toMatch(/rotate/i);
  });

  it.each(['pk_live_1234', 'pk_1234'])('that may stand in a page (%s) need not be rotated', (key) => {
    expect(refusalOf({ appName: 'demo', apiKey: key }).message).not.toMatch(/rotate/i);
  });

  it('that is a Secret Key is stopped in an address as well', () => {
    expect(refusalOf(`${address}?apiKey=${hex}`)).toMatchObject({ code: 'secret-key' });
  });

  it('that is a Secret Key rejects loadRTCConfiguration', async () => {
    expect(isIceServersError(await failureOf(loadRTCConfiguration({ appName: 'demo', apiKey: hex })))).toBe(true);
  });

  it.each([47, 49])('of %i characters is no Secret Key', async (length) => {
    const key = 'a'.repeat(length);
    expect(await askedBy({ appName: 'demo', apiKey: key })).toBe(asked(key));
  });
});

describe('the region', () => {
  it.each(regions)('%s is sent as it is', async (region) => {
    expect(await askedBy({ appName: 'demo', apiKey, region })).toBe(`${asked()}&region=${region}`);
  });

  it('may be one that is not in the list yet', async () => {
    expect(await askedBy({ appName: 'demo', apiKey, region: 'mars_north' })).toBe(`${asked()}&region=mars_north`);
  });

  it.each(['', ' ', undefined])('%j is left out of the request', async (region) => {
    expect(await askedBy({ appName: 'demo', apiKey, region })).toBe(asked());
  });

  it('loses its white space', async () => {
    expect(await askedBy({ appName: 'demo', apiKey, region: ' europe ' })).toBe(`${asked()}&region=europe`);
  });

  it('in the address counts', async () => {
    expect(await askedBy(`${address}?apiKey=${apiKey}&region=asia`)).toBe(`${asked()}&region=asia`);
  });

  it('that is empty in the address is left out', async () => {
    expect(await askedBy(`${address}?apiKey=${apiKey}&region=`)).toBe(asked());
  });

  it('as an option stands before the one in the address', async () => {
    expect(await askedBy({ endpoint: `${address}?region=asia`, apiKey, region: 'europe' })).toBe(`${asked()}&region=europe`);
  });

  it('has the 22 documented names', () => {
    expect(regions).toHaveLength(22);
    expect(new Set(regions).size).toBe(22);
    expect(regions).toEqual(expect.arrayContaining(['global', 'north_america', 'europe', 'us_central', 'canada_east', 'standard']));
  });
});

describe('a wrong option', () => {
  const server = { urls: 'stun:stun.example.com' };
  const wrong: [name: string, value: unknown, cure: RegExp, kind: string][] = [
    ['apiKey', 7, /API key of one TURN credential/, 'number'],
    ['apiKey', null, /API key of one TURN credential/, 'null'],
    ['appName', 7, /Metered app name, such as demo/, 'number'],
    ['endpoint', 7, /an http\(s\) address/, 'number'],
    ['region', 7, /text/, 'number'],
    ['region', ['eu'], /text/, 'object'],
    ['maxAge', 0, /seconds above 0/, 'number'],
    ['maxAge', -1, /seconds above 0/, 'number'],
    ['maxAge', NaN, /seconds above 0/, 'NaN'],
    ['maxAge', '3600', /seconds above 0/, 'string'],
    ['maxAge', null, /seconds above 0/, 'null'],
    ['staleIfError', -1, /seconds/, 'number'],
    ['staleIfError', NaN, /seconds/, 'NaN'],
    ['staleIfError', '0', /seconds/, 'string'],
    ['expiresAt', NaN, /epoch milliseconds/, 'NaN'],
    ['expiresAt', -1, /epoch milliseconds/, 'number'],
    ['expiresAt', String(Date.UTC(2030, 0)), /Date or epoch milliseconds/, 'string'],
    ['expiresAt', '2030-01-01', /Date or epoch milliseconds/, 'string'],
    ['expiresAt', new Date(NaN), /Date/, 'object'],
    ['timeout', 0, /milliseconds above 0/, 'number'],
    ['timeout', -5, /milliseconds above 0/, 'number'],
    ['timeout', NaN, /milliseconds above 0/, 'NaN'],
    ['timeout', '5000', /milliseconds above 0/, 'string'],
    ['rtcConfiguration', 'relay', /an RTCConfiguration/, 'string'],
    ['rtcConfiguration', { iceServers: [{ urls: 'http://a' }] }, /RTCConfiguration/, 'object'],
    ['rtcConfiguration', { iceServers: [{}] }, /RTCConfiguration/, 'object'],
    ['rtcConfiguration', { iceServers: [null] }, /RTCConfiguration/, 'object'],
    ['rtcConfiguration', { iceServers: 'stun:a' }, /RTCConfiguration/, 'object'],
    ['rtcConfiguration', { certificates: 7 }, /RTCConfiguration/, 'object'],
    ['maxUrls', 0, /whole number above 0/, 'number'],
    ['maxUrls', 1.5, /whole number above 0/, 'number'],
    ['maxUrls', NaN, /whole number above 0/, 'NaN'],
    ['fallback', server, /a list of valid ICE servers/, 'object'],
    ['fallback', [], /a list of valid ICE servers/, 'object'],
    ['fallback', [{ urls: 'turn:turn.example.com' }], /a list of valid ICE servers/, 'object'],
    ['storage', 'localstorage', /"indexeddb" or "memory" or \{ get, set, delete \}/, 'string'],
    ['storage', { get: () => {} }, /\{ get, set, delete \}/, 'object'],
    ['storage', true, /\{ get, set, delete \}/, 'boolean'],
    ['fetch', 'fetch', /function/, 'string'],
  ];

  it.each(wrong)('%s: %j is a TypeError that names option, cure and the type of what came', (name, value, cure, kind) => {
    const error = refusalOf({ appName: 'demo', apiKey, ...(name === 'endpoint' && { appName: undefined }), [name]: value });
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(new RegExp(`^ice-servers-loader: ${name} must be .*, given: ${kind}\\.$`));
    expect(error.message).toMatch(cure);
  });

  it.each(['xn--a', 'xn--a.metered.live'])('appName (%s), which is no host, is a TypeError that names it', (appName) => {
    expect(refusalOf({ appName, apiKey }).message).toMatch(/^ice-servers-loader: appName must be a Metered app name/);
  });

  it.each(['httpss://demo.example', 'httpx:demo'])('endpoint (%s) is a TypeError that names it', (endpoint) => {
    expect(refusalOf({ endpoint, apiKey }).message).toMatch(/endpoint must be an http\(s\) address/);
  });

  it.each(['max_age', 'app_name', 'iceTransportPolicy'])('name (%s) is repeated, for it is a plain word', (name) => {
    expect(refusalOf({ appName: 'demo', apiKey, [name]: 1 }).message).toContain(`unknown option ${name};`);
  });

  it('apiKey of digits is not repeated', () => {
    expect(refusalOf({ appName: 'demo', apiKey: 1234567 }).message).toMatch(/, given: number\.$/);
  });

  it('value is not repeated, even where it is a number', () => {
    expect(refusalOf({ appName: 'demo', apiKey, expiresAt: 1700000000 }).message).not.toContain('17');
  });

  it.each(['cache', 'minValidity', 'signal'])('name (%s) that is one of load is told where it belongs', (name) => {
    expect(refusalOf({ appName: 'demo', apiKey, [name]: undefined }).message).toMatch(new RegExp(`unknown option ${name}.* load`));
  });

  it.each(wrong)('%s: %j rejects loadRTCConfiguration, which never throws', async (name, value) => {
    const options = { appName: 'demo', apiKey, ...(name === 'endpoint' && { appName: undefined }), [name]: value } as IceServersOptions;
    const promise = loadRTCConfiguration(options);
    expect(await failureOf(promise)).toBeInstanceOf(TypeError);
  });

  it.each(['apikey', 'maxage', 'secretKey', 'ttl', 'regions', 'iceServers'])(
    'name (%s) is a TypeError that lists the right ones',
    (name) => {
      const error = refusalOf({ appName: 'demo', apiKey, [name]: 'x' });
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toContain(name);
      expect(error.message).toMatch(/apiKey, appName, endpoint, region, maxAge/);
    },
  );

  it.each(['constructor', 'toString', '__proto__x'])('name that every object has (%s) is unknown as well', (name) => {
    expect(refusalOf({ appName: 'demo', apiKey, [name]: 'x' })).toBeInstanceOf(TypeError);
  });

  it('name is not repeated where it may be a key in the wrong place', () => {
    const error = refusalOf({ appName: 'demo', apiKey, [otherApiKey]: 'x' });
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/unknown option; there are apiKey/);
  });

  it.each([
    ['appName', { appName: `${otherApiKey}.example.com` }],
    ['endpoint', { appName: undefined, endpoint: `bad://${otherApiKey}` }],
    ['storage', { storage: otherApiKey }],
    ['maxAge', { maxAge: otherApiKey }],
    ['fallback', { fallback: otherApiKey }],
    ['rtcConfiguration', { rtcConfiguration: { iceServers: [{ urls: 'turn:x', username: otherApiKey }] } }],
  ])('is never repeated in the message (%s)', (_, options) => {
    const error = refusalOf({ appName: 'demo', apiKey, ...options });
    expect(error).toBeInstanceOf(TypeError);
    expect(`${error.message} ${error.stack}`).not.toContain(otherApiKey);
    expect(error.cause).toBeUndefined();
  });

  it.each([[undefined], [null], [7], [true], [Symbol('x')]])('object (%s) is a TypeError that says what options there are', (options) => {
    const error = refusalOf(options);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/options must be an object with apiKey, appName, endpoint/);
  });

  it.each([Infinity, 0.5, 365 * 86400])('is not: a maxAge of %d', (maxAge) => {
    expect(() => createIceServersLoader({ appName: 'demo', apiKey, maxAge })).not.toThrow();
  });

  it('is not: any option that is undefined', () => {
    const names = [
      'region',
      'maxAge',
      'staleIfError',
      'expiresAt',
      'timeout',
      'rtcConfiguration',
      'maxUrls',
      'fallback',
      'storage',
      'fetch',
    ];
    const options = Object.fromEntries(names.map((name) => [name, undefined]));
    expect(() => createIceServersLoader({ appName: 'demo', apiKey, ...options })).not.toThrow();
  });

  it.each([
    ['staleIfError of 0', { staleIfError: 0 }],
    ['staleIfError of Infinity', { staleIfError: Infinity }],
    ['timeout of Infinity', { timeout: Infinity }],
    ['maxUrls of 1', { maxUrls: 1 }],
    ['rtcConfiguration without iceServers', { rtcConfiguration: { iceTransportPolicy: 'relay' as const } }],
    ['rtcConfiguration with no iceServers in the list', { rtcConfiguration: { iceServers: [] } }],
    ['fallback of one STUN server', { fallback: [server] }],
    ['expiresAt as a Date', { expiresAt: new Date(Date.UTC(2030, 0)) }],
    ['expiresAt as a number', { expiresAt: Date.UTC(2030, 0) }],
  ])('is not: %s', (_, options) => {
    expect(() => createIceServersLoader({ appName: 'demo', apiKey, ...options })).not.toThrow();
  });

  it.each([
    ['epoch seconds', Date.UTC(2030, 0) / 1000],
    ['a Date made of seconds', new Date(Date.UTC(2030, 0) / 1000)],
    ['a life in seconds', 3600],
  ])('C-40: expiresAt as %s is a TypeError that names the unit', (_, expiresAt) => {
    const error = refusalOf({ appName: 'demo', apiKey, expiresAt });
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/expiresAt must be .*milliseconds, not seconds/);
  });
});

describe('a wrong option of load', () => {
  it.each([
    ['cache', 'force-cache', /"default" or "reload" or "no-store" or "only-if-cached"/],
    ['cache', 7, /default.*reload/],
    ['cache', 'preload', /default.*reload/],
    ['cache', 'defaults', /default.*reload/],
    ['minValidity', -1, /seconds/],
    ['minValidity', NaN, /seconds/],
    ['minValidity', '60', /seconds/],
    ['cache', ['reload'], /default.*reload/],
    ['signal', {}, /AbortSignal/],
    ['signal', new EventTarget(), /AbortSignal/],
  ])('%s: %j rejects with a TypeError that names option and cure', async (name, value, cure) => {
    const { loader, endpoint } = openTab();
    const error = (await failureOf(loader.load({ [name]: value }))) as Error;
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(new RegExp(`${name} must be`));
    expect(error.message).toMatch(cure);
    expect(endpoint.requests).toEqual([]);
  });

  it('that is inherited is not read, as with the options of a loader', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    await settle(loader.load(Object.create({ cache: 'no-store' }) as object));
    expect(loader.status).toMatchObject({ source: 'memory' });
  });

  it('that does not exist rejects with a TypeError that lists the right ones', async () => {
    const error = (await failureOf(openTab().loader.load({ force: true } as object))) as Error;
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/force.*signal.*cache.*minValidity/);
  });
});

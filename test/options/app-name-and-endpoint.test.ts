import { describe, expect, it } from 'vitest';
import { address, apiKey, meteredBody, otherApiKey } from '../support/endpoint.js';
import { makeLoader } from '../support/loaders.js';
import { optionsError, requestAddress, requestedAddress } from '../support/options.js';
import { failureOf } from '../support/world.js';

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
  ])('%j requests the host of that app', async (appName, app) => {
    expect(await requestedAddress({ appName, apiKey })).toBe(requestAddress(apiKey, app));
  });

  it.each(['demo.example.com', 'https://evil.example/demo.metered.live', 'demo.metered.live.evil.example', 'a b', 'demo/x', 'demo@evil'])(
    '%j is rejected',
    (appName) => {
      const error = optionsError({ appName, apiKey });
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toMatch(/appName must be a Metered app name, such as demo/);
    },
  );

  it.each([
    ['the API key of a credential', apiKey],
    ['a whole address made of it', `https://${apiKey}.metered.live`],
    ['a Secret Key', 'a'.repeat(48)],
    ['a Secret Key with its prefix', `sk_${'a'.repeat(24)}`],
  ])('is not %s, which every DNS query would show', (_, appName) => {
    const { message } = optionsError({ appName, apiKey });
    expect(message).toMatch(/a key belongs in apiKey/);
    expect(message).not.toContain(appName);
  });

  it('may have as many characters as a key', async () => {
    const appName = 'a-name-of-thirty-six-characters-here';
    expect(await requestedAddress({ appName, apiKey })).toBe(requestAddress(apiKey, appName));
  });
});

describe('the endpoint', () => {
  it.each([
    ['a string', `${address}?apiKey=${apiKey}`],
    ['a URL', new URL(`${address}?apiKey=${apiKey}`)],
    ['a string with white space around it', `  ${address}?apiKey=${apiKey}\n`],
  ])('may hold the key, as %s', async (_, endpoint) => {
    expect(await requestedAddress({ endpoint })).toBe(requestAddress());
    expect(await requestedAddress(endpoint)).toBe(requestAddress());
  });

  it('gets the key from the apiKey option', async () => {
    expect(await requestedAddress({ endpoint: 'https://turn.example.com/ice?tenant=7', apiKey })).toBe(
      `https://turn.example.com/ice?tenant=7&apiKey=${apiKey}`,
    );
  });

  it('may be plain http, for a local stand-in', async () => {
    expect(await requestedAddress({ endpoint: 'http://localhost:8080/api/v1/turn/credentials', apiKey })).toBe(
      `http://localhost:8080/api/v1/turn/credentials?apiKey=${apiKey}`,
    );
  });

  it('loses its fragment, which is never sent', async () => {
    expect(await requestedAddress({ endpoint: `${address}?apiKey=${apiKey}#top` })).toBe(requestAddress());
  });

  it('yields to the apiKey option if both have a key', async () => {
    expect(await requestedAddress({ endpoint: `${address}?apiKey=${otherApiKey}`, apiKey })).toBe(requestAddress());
  });

  it.each([
    'demo',
    'demo.metered.live',
    'api/turn',
    '.turn',
    '#turn',
    'ftp://demo.metered.live/',
    'xhttp://demo.metered.live/',
    'javascript:alert(1)',
    'https://user:word@demo.metered.live/',
  ])('%j is rejected', (endpoint) => {
    const error = optionsError({ endpoint, apiKey });
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/endpoint must be an http\(s\) URL/);
    expect(error.message).toMatch(/or a path such as \/api\/turn; for a Metered app, set appName/);
  });

  it.each([
    ['the app name', { appName: 'demo', endpoint: address, apiKey }],
    ['getServers', { endpoint: 'https://turn.example.com/ice', getServers: meteredBody }],
    ['both of them', { appName: 'demo', endpoint: address, apiKey, getServers: meteredBody }],
  ])('and %s together are rejected with a message that names all three', (_, options) => {
    const error = optionsError(options);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/set only one of appName, endpoint and getServers/);
  });

  it('and the app name both missing throw nothing, and load rejects with not-configured, which names all three sources', async () => {
    const error = await failureOf(makeLoader({ apiKey }).load());
    expect(error).toMatchObject({
      code: 'not-configured',
      message: 'The loader is not configured. Set appName and apiKey, or endpoint, or getServers.',
    });
  });
});

describe('the app’s own endpoint', () => {
  it.each(['https://turn.example.com/ice', 'http://localhost:8080/', 'https://notmetered.live/', 'https://demo.metered.live.example.com/'])(
    '%s needs no key, and gets none',
    async (endpoint) => {
      expect(await requestedAddress({ endpoint })).toBe(endpoint);
    },
  );

  it('keeps its query as it is written, which may be signed', async () => {
    const endpoint = 'https://turn.example.com/ice?flag&name=a%20b&sig=~x*';
    expect(await requestedAddress({ endpoint })).toBe(endpoint);
  });

  it('gets a region without a key', async () => {
    expect(await requestedAddress({ endpoint: 'https://turn.example.com/ice', region: 'europe' })).toBe(
      'https://turn.example.com/ice?region=europe',
    );
  });

  it('may be given in place of the options', async () => {
    expect(await requestedAddress('https://turn.example.com/ice')).toBe('https://turn.example.com/ice');
  });

  it.each(['https://metered.live/api', 'https://a.b.metered.live/api', 'http://DEMO.METERED.LIVE/api', '//demo.metered.live/api'])(
    'is not one of Metered’s (%s), which needs a key',
    async (endpoint) => {
      expect(await failureOf(makeLoader({ endpoint }).load())).toMatchObject({
        code: 'not-configured',
        message: 'The loader is not configured. Set apiKey.',
      });
    },
  );

  it.each([
    ['with a key', { endpoint: 'https://demo.metered.live/', apiKey }],
    ['without a key', { endpoint: 'https://demo.metered.live' }],
    ['with a key in the address', { endpoint: `https://demo.metered.live/?apiKey=${apiKey}` }],
    ['in capitals', { endpoint: 'http://DEMO.METERED.LIVE/', apiKey }],
  ])('is not a host of Metered without a path (%s), which is an app name', (_, options) => {
    const error = optionsError(options);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/full URL with its path; for a Metered app, set appName/);
  });

  it.each([
    ['as an option', { endpoint: 'https://turn.example.com/ice', apiKey: '' }],
    ['in the address', { endpoint: 'https://turn.example.com/ice?apiKey=' }],
  ])('does not excuse an empty key (%s), which is a setting that was not filled in', async (_, options) => {
    expect(await failureOf(makeLoader(options).load())).toMatchObject({
      code: 'not-configured',
      message: 'The loader is not configured. Set apiKey.',
    });
  });

  it('does not get a Secret Key either', () => {
    expect(optionsError({ endpoint: 'https://turn.example.com/ice', apiKey: 'sk_live_1234' })).toMatchObject({ code: 'secret-key' });
  });
});

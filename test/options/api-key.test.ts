import { describe, expect, it } from 'vitest';
import { isIceServersError, loadRTCConfiguration } from '../../src/index.js';
import { address, apiKey } from '../support/endpoint.js';
import { makeLoader, openTab } from '../support/loaders.js';
import { optionsError, requestAddress, requestedAddress } from '../support/options.js';
import { failureOf } from '../support/world.js';

describe('the API key', () => {
  it.each([
    ['in double quotes', `"${apiKey}"`],
    ['in single quotes', `'${apiKey}'`],
    ['with a line break', `${apiKey}\n`],
    ['with white space and quotes', ` "${apiKey}" `],
    ['with white space inside the quotes', `" ${apiKey} "`],
  ])('%s is cleaned', async (_, given) => {
    expect(await requestedAddress({ appName: 'demo', apiKey: given })).toBe(requestAddress());
  });

  it.each(['future-key_1', 'my-sk_1', 'my-pk_1', 'my-pk_live_1'])(
    'in another format (%s) is accepted, as the service may change it',
    async (key) => {
      expect(await requestedAddress({ appName: 'demo', apiKey: key })).toBe(requestAddress(key));
    },
  );

  it.each(['a"b"', '"a"b', '\'a"'])('with unmatched quotes (%s) is left unchanged', async (key) => {
    expect(new URL(await requestedAddress({ appName: 'demo', apiKey: key })).searchParams.get('apiKey')).toBe(key);
  });

  it.each([
    ['is left out', { appName: 'demo' }],
    ['is undefined', { appName: 'demo', apiKey: undefined }],
    ['is empty', { appName: 'demo', apiKey: '' }],
    ['is blank', { appName: 'demo', apiKey: ' \n' }],
    ['is two quotes', { appName: 'demo', apiKey: '""' }],
    ['is missing from the address too', { endpoint: address }],
    ['is empty in the address', { endpoint: `${address}?apiKey=` }],
  ])('that %s throws nothing, and load rejects with not-configured, which names it', async (_, options) => {
    const error = await failureOf(makeLoader(options).load());
    expect(error).toMatchObject({ name: 'IceServersError', code: 'not-configured', message: 'The loader is not configured. Set apiKey.' });
  });

  it.each([
    ['the one that the dashboard shows', `${address}?apiKey=${apiKey}`],
    ['in capitals', `HTTPS://DEMO.METERED.LIVE/api?apiKey=${apiKey}`],
    ['in quotes', `"${address}?apiKey=${apiKey}"`],
    ['of a route of the app', 'http://turn.example.com/ice'],
  ])('that is a whole address (%s) is rejected, and the message says which option it belongs to', (_, key) => {
    const error = optionsError({ appName: 'demo', apiKey: key });
    expect(error).toMatchObject({ code: 'secret-key', retryable: false });
    expect(error.message).toMatch(/not a full URL\. Set that as endpoint\.$/);
    expect(error.message).not.toContain(apiKey);
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
  ])('is rejected before any request if it is %s, and the message says so', (_, key, kind) => {
    const { endpoint } = openTab();
    const error = optionsError({ appName: 'demo', apiKey: key, fetch: endpoint.fetch });
    expect(error).toMatchObject({ name: 'IceServersError', code: 'secret-key', retryable: false });
    expect(error.message).toMatch(kind);
    expect(error.message).toMatch(/Show API Key/);
    expect(error.message).not.toContain(key);
    expect(endpoint.requests).toEqual([]);
  });

  it.each([hex, 'sk_live_1234'])('that is a Secret Key causes a message that says to rotate it', (key) => {
    expect(optionsError({ appName: 'demo', apiKey: key }).message).toMatch(/rotate/i);
  });

  it.each(['pk_live_1234', 'pk_1234'])('that is publishable (%s) causes a message that says nothing of rotation', (key) => {
    expect(optionsError({ appName: 'demo', apiKey: key }).message).not.toMatch(/rotate/i);
  });

  it('that is a Secret Key is rejected in an address as well', () => {
    expect(optionsError(`${address}?apiKey=${hex}`)).toMatchObject({ code: 'secret-key' });
  });

  it('that is a Secret Key rejects loadRTCConfiguration', async () => {
    expect(isIceServersError(await failureOf(loadRTCConfiguration({ appName: 'demo', apiKey: hex })))).toBe(true);
  });

  it.each([47, 49])('of %i characters is not taken for a Secret Key', async (length) => {
    const key = 'a'.repeat(length);
    expect(await requestedAddress({ appName: 'demo', apiKey: key })).toBe(requestAddress(key));
  });
});

import { describe, expect, it } from 'vitest';
import { isIceServersError, loadRTCConfiguration } from '../../src/index.js';
import { address, apiKey } from '../support/endpoint.js';
import { openTab } from '../support/loaders.js';
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
    'of another shape (%s) passes: the service may change it',
    async (key) => {
      expect(await requestedAddress({ appName: 'demo', apiKey: key })).toBe(requestAddress(key));
    },
  );

  it.each(['a"b"', '"a"b', '\'a"'])('with a quote that is none round it (%s) stays as it is', async (key) => {
    expect(new URL(await requestedAddress({ appName: 'demo', apiKey: key })).searchParams.get('apiKey')).toBe(key);
  });

  it.each([
    ['is left out', { appName: 'demo' }],
    ['is undefined', { appName: 'demo', apiKey: undefined }],
    ['is empty', { appName: 'demo', apiKey: '' }],
    ['is blank', { appName: 'demo', apiKey: ' \n' }],
    ['is a pair of quotes', { appName: 'demo', apiKey: '""' }],
    ['is not in the address either', { endpoint: address }],
  ])('that %s is a TypeError that says where to find one', (_, options) => {
    const error = optionsError(options);
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
    const error = optionsError({ appName: 'demo', apiKey: key, fetch: endpoint.fetch });
    expect(error).toMatchObject({ name: 'IceServersError', code: 'secret-key', retryable: false });
    expect(error.message).toMatch(kind);
    expect(error.message).toMatch(/Show API Key/);
    expect(error.message).not.toContain(key);
    expect(endpoint.requests).toEqual([]);
  });

  it.each([hex, 'sk_live_1234'])('that is a Secret Key should be rotated, says the message', (key) => {
    expect(optionsError({ appName: 'demo', apiKey: key }).message).toMatch(/rotate/i);
  });

  it.each(['pk_live_1234', 'pk_1234'])('that may stand in a page (%s) need not be rotated', (key) => {
    expect(optionsError({ appName: 'demo', apiKey: key }).message).not.toMatch(/rotate/i);
  });

  it('that is a Secret Key is stopped in an address as well', () => {
    expect(optionsError(`${address}?apiKey=${hex}`)).toMatchObject({ code: 'secret-key' });
  });

  it('that is a Secret Key rejects loadRTCConfiguration', async () => {
    expect(isIceServersError(await failureOf(loadRTCConfiguration({ appName: 'demo', apiKey: hex })))).toBe(true);
  });

  it.each([47, 49])('of %i characters is no Secret Key', async (length) => {
    const key = 'a'.repeat(length);
    expect(await requestedAddress({ appName: 'demo', apiKey: key })).toBe(requestAddress(key));
  });
});

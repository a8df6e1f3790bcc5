import { describe, expect, it } from 'vitest';
import { createIceServersLoader } from '../../src/index.js';
import { findScriptOptions } from '../../src/script/script-options.js';
import { apiKey } from '../support/endpoint.js';

describe('the data-* attributes of the script tag', () => {
  it.each([
    ['apiKey', apiKey, apiKey],
    ['appName', 'demo', 'demo'],
    ['endpoint', 'https://turn.example.com/', 'https://turn.example.com/'],
    ['endpoint', '/api/turn', '/api/turn'],
    ['endpoint', '', ''],
    ['cacheKey', 'user-7', 'user-7'],
    ['region', 'europe', 'europe'],
    ['storage', 'memory', 'memory'],
    ['maxAge', '3600', 3600],
    ['maxAge', ' 0.5 ', 0.5],
    ['maxAge', 'Infinity', Infinity],
    ['staleIfError', '0', 0],
    ['timeout', '5000', 5000],
    ['maxUrls', '4', 4],
    ['expiresAt', '1893456000000', 1893456000000],
    ['expiresAt', '2030-01-01T00:00:00Z', new Date('2030-01-01T00:00:00Z')],
  ])('%s="%s" becomes %s', (name, text, value) => {
    expect(findScriptOptions({ [name]: text })!()).toEqual({ [name]: value });
  });

  it('are combined', () => {
    expect(findScriptOptions({ appName: 'demo', apiKey, maxAge: '60' })!()).toEqual({ appName: 'demo', apiKey, maxAge: 60 });
  });

  it.each([{}, { cfasync: 'false' }, { turboTrack: 'reload', name: 'x' }, { key: 'x' }])('of other scripts are ignored: %j', (dataset) => {
    expect(findScriptOptions(dataset)).toBeUndefined();
  });

  it('of other scripts are ignored next to ours', () => {
    expect(findScriptOptions({ appName: 'demo', apiKey, cfasync: 'false' })!()).toEqual({ appName: 'demo', apiKey });
  });

  it.each([
    ['apikey', 'data-apikey must be data-api-key'],
    ['maxage', 'data-maxage must be data-max-age'],
    ['appname', 'data-appname must be data-app-name'],
    ['aPIKEY', 'data-a-p-i-k-e-y must be data-api-key'],
    ['stale_if_error', 'data-stale_if_error must be data-stale-if-error'],
  ])('that are misspelt (%s) are a TypeError that has both spellings', (name, sentence) => {
    expect(findScriptOptions({ appName: 'demo', apiKey, [name]: '1' })).toThrow(new TypeError(`ice-servers-loader: ${sentence}.`));
  });

  it.each([
    ['maxAge', ''],
    ['maxAge', 'an hour'],
    ['maxAge', '3600s'],
    ['timeout', ' '],
    ['maxUrls', 'four'],
    ['expiresAt', 'tomorrow'],
    ['expiresAt', ''],
    ['expiresAt', '1893456000'],
  ])('that have an invalid value (%s="%s") become an option that the loader rejects', (name, text) => {
    expect(() => createIceServersLoader(Object.assign({ appName: 'demo', apiKey }, findScriptOptions({ [name]: text })!()))).toThrow(
      new RegExp(`${name} must be`),
    );
  });
});

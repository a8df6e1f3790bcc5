import { describe, expect, it } from 'vitest';
import { optionsOf } from '../src/script-options.js';
import { createIceServersLoader } from '../src/index.js';
import { apiKey } from './support/endpoint.js';

describe('the data-* attributes of the script tag', () => {
  it.each([
    ['apiKey', apiKey, apiKey],
    ['appName', 'demo', 'demo'],
    ['endpoint', 'https://turn.example.com/', 'https://turn.example.com/'],
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
    expect(optionsOf({ [name]: text })).toEqual({ [name]: value });
  });

  it('come together', () => {
    expect(optionsOf({ appName: 'demo', apiKey, maxAge: '60' })).toEqual({ appName: 'demo', apiKey, maxAge: 60 });
  });

  it.each([{}, { cfasync: 'false' }, { turboTrack: 'reload', name: 'x' }, { key: 'x' }])('of others are left alone: %j', (dataset) => {
    expect(optionsOf(dataset)).toBeUndefined();
  });

  it('of others are left alone beside ours', () => {
    expect(optionsOf({ appName: 'demo', apiKey, cfasync: 'false' })).toEqual({ appName: 'demo', apiKey });
  });

  it.each([
    ['apikey', 'data-apikey'],
    ['maxage', 'data-maxage'],
    ['appname', 'data-appname'],
    ['APIKEY', 'data-a-p-i-k-e-y'],
  ])('that are ours but for the spelling (%s) end in a TypeError that lists the right names', (name) => {
    const options = optionsOf({ appName: 'demo', apiKey, [name]: '1' });
    expect(() => createIceServersLoader(options!)).toThrow(/unknown option.*apiKey, appName/);
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
  ])('that are no value (%s="%s") end in a TypeError that names the option', (name, text) => {
    const options = optionsOf({ appName: 'demo', apiKey, [name]: text });
    expect(() => createIceServersLoader(options!)).toThrow(new RegExp(`${name} must be`));
  });
});

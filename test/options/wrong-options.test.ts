import { describe, expect, it } from 'vitest';
import { createIceServersLoader, loadRTCConfiguration, type IceServersOptions } from '../../src/index.js';
import { apiKey, otherApiKey } from '../support/endpoint.js';
import { optionsError } from '../support/options.js';
import { failureOf } from '../support/world.js';

describe('a wrong option', () => {
  const server = { urls: 'stun:stun.example.com' };

  const wrong: [name: string, value: unknown, cure: RegExp, kind: string][] = [
    ['apiKey', 7, /API key of one TURN credential.*, or a function that returns it/, 'number'],
    ['apiKey', {}, /API key of one TURN credential/, 'object'],
    ['apiKey', null, /API key of one TURN credential/, 'null'],
    ['appName', 7, /Metered app name, such as demo/, 'number'],
    ['endpoint', 7, /an http\(s\) URL/, 'number'],
    ['endpoint', {}, /an http\(s\) URL/, 'object'],
    ['getServers', [], /a function/, 'object'],
    ['getServers', 'fetch', /a function/, 'string'],
    ['cacheKey', 7, /a string, such as a user ID/, 'number'],
    ['cacheKey', null, /a string, such as a user ID/, 'null'],
    ['region', 7, /a string, such as europe/, 'number'],
    ['region', ['eu'], /a string, such as europe/, 'object'],
    ['maxAge', 0, /a number of seconds above 0/, 'number'],
    ['maxAge', -1, /a number of seconds above 0/, 'number'],
    ['maxAge', NaN, /a number of seconds above 0/, 'NaN'],
    ['maxAge', '3600', /a number of seconds above 0/, 'string'],
    ['maxAge', null, /a number of seconds above 0/, 'null'],
    ['staleIfError', -1, /seconds/, 'number'],
    ['staleIfError', NaN, /seconds/, 'NaN'],
    ['staleIfError', '0', /seconds/, 'string'],
    ['expiresAt', NaN, /epoch milliseconds/, 'NaN'],
    ['expiresAt', -1, /epoch milliseconds/, 'number'],
    ['expiresAt', String(Date.UTC(2030, 0)), /Date or epoch milliseconds/, 'string'],
    ['expiresAt', '2030-01-01', /Date or epoch milliseconds/, 'string'],
    ['expiresAt', new Date(NaN), /Date/, 'object'],
    ['timeout', 0, /a number of milliseconds above 0/, 'number'],
    ['timeout', -5, /a number of milliseconds above 0/, 'number'],
    ['timeout', NaN, /a number of milliseconds above 0/, 'NaN'],
    ['timeout', '5000', /a number of milliseconds above 0/, 'string'],
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
    ['fallback', [{ urls: 'turn:turn.example.com' }], /a list of valid ICE servers/, 'object'],
    ['storage', 'localstorage', /"indexeddb", "memory" or \{ get, set, delete \}/, 'string'],
    ['storage', { get: () => {} }, /\{ get, set, delete \}/, 'object'],
    ['storage', true, /\{ get, set, delete \}/, 'boolean'],
    ['fetch', 'fetch', /function/, 'string'],
  ];

  it.each(wrong)('%s: %j is a TypeError that names the option, the fix and the given type', (name, value, cure, kind) => {
    const error = optionsError({ appName: 'demo', apiKey, ...(name === 'endpoint' && { appName: undefined }), [name]: value });
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(new RegExp(`^ice-servers-loader: ${name} must be .* \\(received: ${kind}\\)\\.$`));
    expect(error.message).toMatch(cure);
  });

  it.each(['xn--a', 'xn--a.metered.live'])('appName (%s), which is no host, is a TypeError that names it', (appName) => {
    expect(optionsError({ appName, apiKey }).message).toMatch(/^ice-servers-loader: appName must be a Metered app name/);
  });

  it.each(['httpss://demo.example', 'httpx:demo'])('endpoint (%s) is a TypeError that names it', (endpoint) => {
    expect(optionsError({ endpoint, apiKey }).message).toMatch(/endpoint must be an http\(s\) URL/);
  });

  it.each(['max_age', 'app_name', 'iceTransportPolicy'])('name (%s) is repeated in the message, because it is a plain word', (name) => {
    expect(optionsError({ appName: 'demo', apiKey, [name]: 1 }).message).toContain(`unknown option ${name};`);
  });

  it('apiKey of digits is not repeated in the message', () => {
    expect(optionsError({ appName: 'demo', apiKey: 1234567 }).message).toMatch(/ \(received: number\)\.$/);
  });

  it('value is not repeated in the message, even if it is a number', () => {
    expect(optionsError({ appName: 'demo', apiKey, expiresAt: 1700000000 }).message).not.toContain('17');
  });

  it.each(['cache', 'minValidity', 'signal'])('name (%s) that is an option of load is a TypeError that says so', (name) => {
    expect(optionsError({ appName: 'demo', apiKey, [name]: undefined }).message).toMatch(new RegExp(`unknown option ${name}.* load`));
  });

  it.each(wrong)('%s: %j rejects loadRTCConfiguration, which never throws', async (name, value) => {
    const options = { appName: 'demo', apiKey, ...(name === 'endpoint' && { appName: undefined }), [name]: value } as IceServersOptions;
    const promise = loadRTCConfiguration(options);
    expect(await failureOf(promise)).toBeInstanceOf(TypeError);
  });

  it.each(['apikey', 'maxage', 'secretKey', 'ttl', 'regions', 'iceServers'])(
    'name (%s) is a TypeError that lists the existing ones',
    (name) => {
      const error = optionsError({ appName: 'demo', apiKey, [name]: 'x' });
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toContain(name);
      expect(error.message).toMatch(/apiKey, appName, endpoint, getServers, cacheKey, region, maxAge/);
    },
  );

  it.each(['constructor', 'toString', '__proto__x'])('name that every object inherits (%s) is a TypeError as well', (name) => {
    expect(optionsError({ appName: 'demo', apiKey, [name]: 'x' })).toBeInstanceOf(TypeError);
  });

  it('name is not repeated in the message if it may be a misplaced key', () => {
    const error = optionsError({ appName: 'demo', apiKey, [otherApiKey]: 'x' });
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/unknown option; the options are apiKey/);
  });

  it.each([
    ['appName', { appName: `${otherApiKey}.example.com` }],
    ['endpoint', { appName: undefined, endpoint: `bad://${otherApiKey}` }],
    ['storage', { storage: otherApiKey }],
    ['maxAge', { maxAge: otherApiKey }],
    ['fallback', { fallback: otherApiKey }],
    ['rtcConfiguration', { rtcConfiguration: { iceServers: [{ urls: 'turn:x', username: otherApiKey }] } }],
  ])('value is never repeated in the message (%s)', (_, options) => {
    const error = optionsError({ appName: 'demo', apiKey, ...options });
    expect(error).toBeInstanceOf(TypeError);
    expect(`${error.message} ${error.stack}`).not.toContain(otherApiKey);
    expect(error.cause).toBeUndefined();
  });

  it.each([[null], [7], [true], [Symbol('x')]])('object (%s) is a TypeError that lists the options', (options) => {
    const error = optionsError(options);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/options must be an object, which may have apiKey, appName, endpoint/);
  });

  it.each([Infinity, 0.5, 365 * 86400])('is not: a maxAge of %d', (maxAge) => {
    expect(() => createIceServersLoader({ appName: 'demo', apiKey, maxAge })).not.toThrow();
  });

  it('is not: any option that is undefined', () => {
    const names = [
      'endpoint',
      'getServers',
      'cacheKey',
      'region',
      'maxAge',
      'staleIfError',
      'expiresAt',
      'autoRefresh',
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
    ['fallback that is empty', { fallback: [] }],
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
    const error = optionsError({ appName: 'demo', apiKey, expiresAt });
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/expiresAt must be .*milliseconds, not seconds/);
  });
});

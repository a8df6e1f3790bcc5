import { describe, expect, it } from 'vitest';
import { parseStaticConfig } from '../../demo/page/static-config.js';

const apiKey = '0123456789abcdef0123456789abcdef0123';
const secretKey = 'Secret-Key_'.repeat(5).slice(0, 48);

const parse = (endpoint: string): unknown => parseStaticConfig(JSON.stringify({ endpoint }));

/** The message of the error that a function throws. */
const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('the endpoint in config.json is accepted', () => {
  it.each([
    ['without a query', 'https://calls.example/ice'],
    ['with an encoded # in a value', 'https://calls.example/ice?room=a%23b'],
    ['with an encoded ? and @ in a value', 'https://calls.example/ice?room=a%3Fb%40c'],
    ['with a value that does not look like a key', 'https://calls.example/ice?token=open-sesame-71c4'],
    ['with a UUID as a value', 'https://calls.example/ice?team=3f6c1c1e-9f0e-4f0a-9d39-0a1b2c3d4e5f'],
    ['at Metered', 'https://demo.metered.live/api/v1/turn/credentials?region=europe'],
  ])('%s', (_what, endpoint) => {
    expect(parse(endpoint)).toEqual({ endpoint });
  });
});

describe('the endpoint in config.json is refused, and its value is not repeated', () => {
  it.each([
    ['with an apiKey of any shape', 'https://calls.example/ice?apiKey=hunter2secret', 'hunter2secret'],
    ['with an empty apiKey', 'https://calls.example/ice?room=1&apiKey=', 'room=1'],
    ['with an apiKey in other capitals', 'https://calls.example/ice?APIKEY=hunter2secret', 'hunter2secret'],
    ['with an API key under another name', `https://calls.example/ice?token=${apiKey}`, apiKey],
    ['with a Secret Key under another name', `https://calls.example/ice?token=${secretKey}`, secretKey],
    ['with the key of another product', 'https://calls.example/ice?token=pk_live_abc', 'pk_live_abc'],
    ['with a key as the name of a parameter', `https://calls.example/ice?${apiKey}`, apiKey],
    ['with a key as the app of the host', `https://${apiKey}.metered.live/api/v1/turn/credentials`, apiKey],
    ['with a username and a password', 'https://someone:open-sesame-71c4@calls.example/ice', 'open-sesame-71c4'],
    ['with a username', 'https://open-sesame-71c4@calls.example/ice', 'open-sesame-71c4'],
  ])('%s', (_what, endpoint, secret) => {
    const message = messageOf(() => parse(endpoint));
    expect(message).toContain('endpoint must be a full http(s) address with a path and without a key');
    expect(message).not.toContain(secret);
  });
});

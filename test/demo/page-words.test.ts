import { describe, expect, it } from 'vitest';
import { wrongAppWords } from '../../demo/page/page-words.js';

const apiKey = '0123456789abcdef0123456789abcdef0123';
const secretKey = 'Secret-Key_'.repeat(5).slice(0, 48);

describe('a key that would become the name of a host is refused', () => {
  it.each([
    ['an API key alone', apiKey],
    ['a Secret Key alone', secretKey],
    ['with the domain', `${apiKey}.metered.live`],
    ['with a scheme', `https://${apiKey}.metered.live`],
    ['as an endpoint', `https://${apiKey}.metered.live/api/v1/turn/credentials`],
    ['as an endpoint without a scheme', `${apiKey}.metered.live/api/v1/turn/credentials`],
    ['as an endpoint with a port', `https://${apiKey}.metered.live:8443/api/v1/turn/credentials`],
    ['as an endpoint in capitals', `HTTPS://${apiKey.toUpperCase()}.METERED.LIVE/api/v1/turn/credentials`],
    ['as an endpoint with the Secret Key', `https://${secretKey}.metered.live/api/v1/turn/credentials`],
    ['as an endpoint with no domain', `https://${apiKey}/api/v1/turn/credentials`],
  ])('%s', (_what, app) => {
    expect(wrongAppWords(app)).toContain('This is a key, not an app name.');
  });
});

describe('nothing is wrong with', () => {
  it.each([
    ['an app name', 'demo'],
    ['an app name that is a UUID', '3f6c1c1e-9f0e-4f0a-9d39-0a1b2c3d4e5f'],
    ['an endpoint at Metered', 'https://demo.metered.live/api/v1/turn/credentials'],
    ['an endpoint whose host is as long as a key', `https://${'preview-of-a-long-branch-'.repeat(2)}team.example.app/ice`],
    ['an endpoint with a long path', `https://calls.example/${'a'.repeat(60)}/ice`],
  ])('%s', (_what, app) => {
    expect(wrongAppWords(app)).toBe('');
  });
});

import { describe, expect, it } from 'vitest';
import { withoutSecrets as withoutSecretsOfPage } from '../../demo/page/without-secrets.js';
import { withoutSecrets } from '../../src/element/format.js';

const apiKey = '0123456789abcdef0123456789abcdef0123';

describe.each([
  ['a report of the element', withoutSecrets],
  ['a link of the connectivity page', withoutSecretsOfPage],
])('what %s may show of an address', (_place, shownOf) => {
  it.each([
    ['demo', 'demo'],
    ['https://user:pass@app.example/ice?a=1#b', 'https://app.example/ice'],
    [apiKey, ''],
    [`https://app.example/${apiKey.toUpperCase()}/ice`, ''],
    ['Secret-Key_'.repeat(5).slice(0, 48), ''],
    ['sk_live_abc', ''],
    ['https://app.example/pk_live_abc', ''],
    ['3f6c1c1e-9f0e-4f0a-9d39-0a1b2c3d4e5f', '3f6c1c1e-9f0e-4f0a-9d39-0a1b2c3d4e5f'],
  ])('%s', (given, shown) => {
    expect(shownOf(given)).toBe(shown);
  });
});

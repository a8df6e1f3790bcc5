import { describe, expect, it } from 'vitest';
import { chooseFallback, type FallbackSituation } from '../../src/loader/fallback.js';

const network = { isRetryable: true };
const refusal = { isRetryable: false };
const fresh = { isUsable: true, freshness: 'fresh' } as const;
const ageing = { isUsable: true, freshness: 'needs-refresh' } as const;
const stale = { isUsable: false, freshness: 'stale' } as const;
const expired = { isUsable: false, freshness: 'expired' } as const;
const nothing = { isUsable: false, freshness: undefined } as const;
const withFallback = { hasFallback: true };
const withoutFallback = { hasFallback: false };

type Choice = ReturnType<typeof chooseFallback>;
type Row = [choice: Choice, situation: string, given: Omit<FallbackSituation, 'cacheMode'>];

describe('a default load that fails', () => {
  const rows: Row[] = [
    ['memory', 'a fresh answer had too little life left for the caller', { ...network, ...fresh, ...withoutFallback }],
    ['memory', 'an answer that needs a refresh is still fresh', { ...network, ...ageing, ...withoutFallback }],
    ['memory', 'an answer is fresh although the endpoint refused', { ...refusal, ...fresh, ...withoutFallback }],
    ['memory', 'an answer is fresh, which is better than the fallback', { ...network, ...fresh, ...withFallback }],
    [
      'memory',
      'an answer is fresh, and the endpoint refused, which is still better than the fallback',
      { ...refusal, ...fresh, ...withFallback },
    ],
    ['stale', 'the failure may pass, and a stale answer is left', { ...network, ...stale, ...withoutFallback }],
    ['stale', 'the failure may pass, and a stale answer is better than the fallback', { ...network, ...stale, ...withFallback }],
    ['fallback', 'the endpoint refused, so that the stale answer is dead', { ...refusal, ...stale, ...withFallback }],
    ['fallback', 'the answer has expired', { ...network, ...expired, ...withFallback }],
    ['fallback', 'there is no answer', { ...network, ...nothing, ...withFallback }],
    ['fallback', 'there is no answer, and the endpoint refused', { ...refusal, ...nothing, ...withFallback }],
    [undefined, 'the endpoint refused, and there is no fallback', { ...refusal, ...stale, ...withoutFallback }],
    [undefined, 'the answer has expired, and there is no fallback', { ...network, ...expired, ...withoutFallback }],
    [undefined, 'there is neither an answer nor a fallback', { ...network, ...nothing, ...withoutFallback }],
  ];

  it.each(rows)('hands out "%s": %s', (choice, _, given) => {
    expect(chooseFallback({ cacheMode: 'default', ...given })).toBe(choice);
  });
});

describe.each(['no-store', 'only-if-cached'] as const)('a load with %s that fails', (cacheMode) => {
  const rows: Row[] = [
    ['fallback', 'whatever memory holds', { ...network, ...fresh, ...withFallback }],
    ['fallback', 'also after a refusal', { ...refusal, ...nothing, ...withFallback }],
    [undefined, 'memory is not what the caller wants', { ...network, ...fresh, ...withoutFallback }],
    [undefined, 'nor is a stale answer', { ...network, ...stale, ...withoutFallback }],
  ];

  it.each(rows)('hands out "%s": %s', (choice, _, given) => {
    expect(chooseFallback({ cacheMode, ...given })).toBe(choice);
  });
});

describe('a reload that fails', () => {
  const rows: Row[] = [
    [undefined, 'a fresh answer stays in memory', { ...network, ...fresh, ...withoutFallback }],
    [undefined, 'a stale answer is left', { ...network, ...stale, ...withoutFallback }],
    [undefined, 'there is a fallback', { ...network, ...nothing, ...withFallback }],
    [undefined, 'the endpoint refused, and there is a fallback', { ...refusal, ...fresh, ...withFallback }],
  ];

  it.each(rows)('hands out "%s", so that the caller hears of it: %s', (choice, _, given) => {
    expect(chooseFallback({ cacheMode: 'reload', ...given })).toBe(choice);
  });
});

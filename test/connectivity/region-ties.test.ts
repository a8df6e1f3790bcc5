import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { compareRegions, type CompareRegionsOptions, type RegionResult } from '../../src/connectivity.js';
import { withTies } from '../../src/connectivity/region-ties.js';
import { stubWebRtc, type FakeServer } from '../support/webrtc.js';

const result = (region: string, samples: number[], rest: Partial<RegionResult> = {}): RegionResult => ({
  region,
  samples,
  rtt: Math.min(...samples),
  status: 'ok',
  ...rest,
});

const tiesOf = (...results: RegionResult[]) => Object.fromEntries(withTies(results).map(({ region, tiedWith }) => [region, tiedWith]));

describe('regions whose samples overlap', () => {
  it('are told as ties of each other', () => {
    expect(tiesOf(result('a', [90, 28, 31]), result('b', [90, 30, 33]), result('c', [90, 35, 36]))).toEqual({
      a: ['b'],
      b: ['a'],
      c: undefined,
    });
  });

  it('within the millisecond of a coarse clock are ties as well', () => {
    expect(tiesOf(result('a', [90, 28]), result('b', [90, 29]))).toEqual({ a: ['b'], b: ['a'] });
    expect(tiesOf(result('a', [90, 28]), result('b', [90, 29.1]))).toEqual({ a: undefined, b: undefined });
  });

  it('only with the look-up of the name are none', () => {
    expect(tiesOf(result('a', [50, 10, 11]), result('b', [90, 30, 33]))).toEqual({ a: undefined, b: undefined });
  });

  it('of one sample each are compared by that', () => {
    expect(tiesOf(result('a', [28]), result('b', [28]))).toEqual({ a: ['b'], b: ['a'] });
  });

  it('over TCP are compared with all their samples', () => {
    expect(tiesOf(result('a', [28, 30, 35], { transport: 'tcp' }), result('b', [90, 27, 27.5]))).toEqual({ a: ['b'], b: ['a'] });
  });

  it('are none of those that failed', () => {
    expect(tiesOf(result('a', [90, 28]), result('b', [90, 28], { rtt: undefined, status: 'timeout' }))).toEqual({
      a: undefined,
      b: undefined,
    });
  });
});

describe('a comparison', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const good: FakeServer = { answersAfter: 30, opensAfter: 50, echoTakes: 40 };
  const address = 'https://example.com/turn';

  /** Each region has its servers at a host of its own name; what is at a URL is as told. */
  const compare = async (serverAt: (url: string) => FakeServer | undefined, regions: string[], settings: CompareRegionsOptions = {}) => {
    const { made, openCount } = stubWebRtc(serverAt);
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (input: Request | URL | string) => {
      const url = new URL(input instanceof Request ? input.url : input);
      asked.push(url.href);
      const host = url.searchParams.get('region');
      return Response.json([
        { urls: [`turn:${host}:80`, `turn:${host}:80?transport=tcp`, `turns:${host}:443`], username: 'a', credential: 'b' },
      ]);
    });
    const comparing = compareRegions({ endpoint: address, storage: 'memory' }, { regions, ...settings });
    await vi.runAllTimersAsync();
    return { results: await comparing, asked, made, openCount };
  };

  it('names the ties in its list', async () => {
    const delays: Record<string, number> = { a: 30, b: 30.5, c: 60 };
    const { results } = await compare((url) => ({ ...good, answersAfter: delays[url.split(':')[1]!]! }), ['a', 'b', 'c']);
    expect(results.map(({ region, tiedWith }) => [region, tiedWith])).toEqual([
      ['a', ['b']],
      ['b', ['a']],
      ['c', undefined],
    ]);
  });

  it('measures a round trip over TCP where UDP gives nothing, and marks it', async () => {
    const { results, made, openCount } = await compare((url) => (url.endsWith('=tcp') ? good : undefined), ['a']);
    expect(results).toEqual([
      {
        region: 'a',
        url: 'turn:a:80?transport=tcp',
        transport: 'tcp',
        rtt: 20,
        samples: [20, 20, 20],
        status: 'ok',
        relay: expect.objectContaining({ loss: 0 }),
      },
    ]);
    expect(made).toEqual(['stun:a:80', ...Array.from({ length: 4 }, () => 'turn:a:80?transport=tcp')]);
    expect(openCount()).toBe(0);
  });

  it('measures a round trip over TLS where only that passes', async () => {
    const { results } = await compare((url) => (url.startsWith('turns:') ? good : undefined), ['a']);
    expect(results).toMatchObject([{ url: 'turns:a:443', transport: 'tls', rtt: 20, status: 'ok' }]);
  });

  it('has no mark where UDP works', async () => {
    const { results } = await compare(() => good, ['a']);
    expect(results[0]).not.toHaveProperty('transport');
  });

  it('gives the status over UDP where nothing works', async () => {
    const { results } = await compare((url) => (url.startsWith('stun:') ? undefined : { isClosed: true }), ['a']);
    expect(results).toEqual([{ region: 'a', url: 'turn:a:80', samples: [], status: 'timeout' }]);
  });

  it('that is stopped tries no other transport', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 1000);
    const { results, made } = await compare(() => undefined, ['a'], { signal: controller.signal });
    expect(results).toMatchObject([{ region: 'a', status: 'aborted' }]);
    expect(made).toEqual(['stun:a:80']);
  });

  it.each([address, new URL(address)])('C-93: takes an address, %s, as a loader does', async (given) => {
    stubWebRtc(() => good);
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (input: Request | URL | string) => {
      asked.push(new URL(input instanceof Request ? input.url : input).href);
      return Response.json([{ urls: 'turn:a', username: 'a', credential: 'b' }]);
    });
    const comparing = compareRegions(given, { regions: ['europe'], samples: 1 });
    await vi.runAllTimersAsync();
    expect((await comparing)[0]).toMatchObject({ region: 'europe', url: 'turn:a', status: 'ok' });
    expect(asked).toEqual([`${address}?region=europe`]);
  });
});

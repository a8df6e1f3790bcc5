import { describe, expect, it } from 'vitest';
import { compareRegions, type CompareRegionsOptions, type RegionResult } from '../../src/connectivity.js';
import type { IceServersOptions } from '../../src/index.js';
import { apiKey, createEndpoint, json, meteredBody, httpError, unreachable, type Answer } from '../support/endpoint.js';
import { makeLoader } from '../support/loaders.js';
import { stubPage } from '../support/page.js';
import { stubWebRtc, type FakeServer } from '../support/webrtc.js';
import { settle } from '../support/world.js';

/** Stands in for the STUN and TURN servers at these hosts. */
const stubHosts = (servers: Record<string, FakeServer>) => stubWebRtc((url) => servers[url.split(':')[1]!]);

const good: FakeServer = { answersAfter: 30, opensAfter: 50, echoTakes: 40 };
/** A server that answers first and does not relay. */
const forbidding: FakeServer = { answersAfter: 10, opensAfter: false };

/** Answers with servers at the host of the requested region, or with the usual answer for any other region. */
const hostsBy =
  (hosts: Record<string, string>, usual: Answer = httpError(404)): Answer =>
  (init, count) => {
    const host = hosts[asked.at(-1)!];
    return host ? json(meteredBody(1, host))(init, count) : usual(init, count);
  };
let asked: string[] = [];

const compare = async (answer: Answer, settings: CompareRegionsOptions) => {
  const endpoint = createEndpoint();
  asked = [];
  endpoint.always(answer);
  const told: RegionResult[] = [];
  const options: IceServersOptions = {
    appName: 'demo',
    apiKey,
    fetch: async (input, init) => {
      asked.push(new URL(input).searchParams.get('region')!);
      return endpoint.fetch(input, init);
    },
  };
  const onResult = settings.onResult ?? ((result: RegionResult) => void told.push(result));
  const results = await settle(compareRegions(options, { samples: 1, ...settings, onResult }));
  return { results, told, options };
};

const statusesOf = (results: readonly RegionResult[]) => Object.fromEntries(results.map(({ region, status }) => [region, status]));

describe('the nearest region that relays', () => {
  it('is found behind three regions that share one server which does not relay', async () => {
    stubHosts({ dead: forbidding, far: good });
    const { results, told } = await compare(hostsBy({ a: 'dead', b: 'dead', c: 'dead', d: 'far' }), { regions: ['a', 'b', 'c', 'd'] });
    expect(statusesOf(results)).toEqual({ a: 'refused', b: 'refused', c: 'refused', d: 'ok' });
    expect(results[0]).toMatchObject({ region: 'd', rtt: 30, relay: { rtt: { min: 20 } } });
    expect(results.slice(1).map(({ rtt, samples }) => [rtt, samples])).toEqual([[undefined, [10]], [undefined, [10]], [undefined, [10]]]); // prettier-ignore
    expect(told.slice(4).map(({ region, status }) => `${region} ${status}`)).toEqual(['a refused', 'b refused', 'c refused', 'd ok']);
  });

  it('is not looked for behind three servers that do not relay', async () => {
    stubHosts({ one: forbidding, two: forbidding, three: forbidding, far: good });
    const { results } = await compare(hostsBy({ a: 'one', b: 'two', c: 'three', d: 'far' }), { regions: ['a', 'b', 'c', 'd'] });
    expect(statusesOf(results)).toEqual({ a: 'refused', b: 'refused', c: 'refused', d: 'ok' });
    expect(results[0]).toMatchObject({ region: 'd', rtt: 30 });
    expect(results[0]!.relay).toBeUndefined();
  });

  it('alone is confirmed if another region shares its server', async () => {
    stubHosts({ near: good });
    const { results, told } = await compare(hostsBy({ a: 'near', b: 'near' }), { regions: ['a', 'b'] });
    expect(results.map(({ rtt, relay }) => [rtt, !!relay])).toEqual([[30, true], [30, false]]); // prettier-ignore
    expect(told).toHaveLength(3);
  });

  it('keeps its measurements if the confirmation is aborted', async () => {
    const { openCount } = stubHosts({ near: good, far: { ...good, answersAfter: 60 } });
    const controller = new AbortController();
    const seen: string[] = [];
    const { results } = await compare(hostsBy({ a: 'near', b: 'far' }), {
      regions: ['a', 'b'],
      signal: controller.signal,
      onResult: ({ region }) => {
        seen.push(region);
        // The confirmation has begun by then.
        if (seen.length === 2) setTimeout(() => controller.abort(), 40);
      },
    });
    expect(results).toEqual([
      { region: 'a', url: 'turn:near:80', rtt: 30, samples: [30], status: 'ok' },
      { region: 'b', url: 'turn:far:80', rtt: 60, samples: [60], status: 'ok' },
    ]);
    expect(seen).toEqual(['a', 'b']);
    expect(openCount()).toBe(0);
  });
});

describe('a region whose servers are in the cache', () => {
  const regions = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

  it.each([
    ['rate-limited', 429],
    ['invalid-api-key', 401],
  ])('is measured even after %s, and no further request is sent', async (code, status) => {
    stubHosts({ near: good });
    await compare(hostsBy({ h: 'near' }), { regions: ['h'] });
    const { results } = await compare(httpError(status), { regions });
    expect(asked).toEqual(regions.slice(0, 6));
    expect(statusesOf(results)).toEqual({ ...Object.fromEntries(regions.map((region) => [region, code])), h: 'ok' });
    expect(results[0]).toMatchObject({ region: 'h', url: 'turn:near:80', rtt: 30 });
  });
});

describe('the loaders of a comparison', () => {
  it('leave no listener on the page if there is no network', async () => {
    const page = stubPage();
    stubHosts({});
    const { results } = await compare(unreachable, { regions: ['a', 'b'] });
    expect(statusesOf(results)).toEqual({ a: 'network', b: 'network' });
    expect(page.listenedTypes).toEqual([]);
  });

  it('leave the servers they loaded in the cache', async () => {
    stubHosts({});
    const { options } = await compare(hostsBy({ a: 'x' }), { regions: ['a'] });
    await settle(makeLoader({ ...options, region: 'a' }).load({ cache: 'only-if-cached' }));
    expect(asked).toEqual(['a']);
  });
});

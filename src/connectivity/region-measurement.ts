import { stunUrlFor } from '../credentials/ice-url.js';
import type { UrlDeadline } from './ice-probe.js';
import { readTarget, type Target } from './targets.js';
import { testUrl, type RawResult } from './test-url.js';
import type { RegionResult } from './types.js';

/** The result of measuring one TURN URL. */
export type Measurement = Omit<RegionResult, 'region' | 'relay' | 'tiedWith'>;

/** Measures the path to a TURN server and back. */
export function measureRoundTrip(target: Target, sampleCount: number, deadline: UrlDeadline): Promise<Measurement> {
  const { transport } = target;
  return transport === 'udp' ? measureByStun(target.url, sampleCount, deadline) : measureByEchoes(target, transport, deadline);
}

/** Measures STUN round trips to the host and port of the TURN URL, which take no allocation. */
async function measureByStun(url: string, sampleCount: number, deadline: UrlDeadline): Promise<Measurement> {
  const target = readTarget(stunUrlFor(url)!);
  const samples: number[] = [];
  let result: RawResult;
  do {
    result = await testUrl(target, deadline);
    if (result.status === 'ok') samples.push(result.elapsed);
  } while (result.status === 'ok' && samples.length < sampleCount);
  const { status } = result;
  return { url, rtt: status === 'ok' ? Math.min(...comparableSamples({ samples })) : undefined, samples, status };
}

/** Measures data through the relay, because no browser sends STUN requests over TCP. */
async function measureByEchoes(target: Target, transport: 'tcp' | 'tls', deadline: UrlDeadline): Promise<Measurement> {
  const { status, relay } = await testUrl(target, deadline, true);
  const samples = relay ? [relay.rtt.min, relay.rtt.median, relay.rtt.p95] : [];
  return { url: target.url, rtt: relay?.rtt.min, samples, transport, status };
}

/** Returns the samples that show how near a server is. The first STUN sample is left out, because it includes the name lookup. */
export function comparableSamples({ samples, transport }: Pick<Measurement, 'samples' | 'transport'>): readonly number[] {
  return samples.length > 1 && !transport ? samples.slice(1) : samples;
}

import { stunUrlFor } from '../credentials/ice-url.js';
import type { UrlDeadline } from './ice-probe.js';
import { readTarget, type Target } from './targets.js';
import { testUrl, type RawResult } from './test-url.js';
import type { RegionResult } from './types.js';

/** What the measurement of one TURN URL found. */
export type Measurement = Omit<RegionResult, 'region' | 'relay' | 'tiedWith'>;

/** Measures the way to a TURN server and back. */
export function measureRoundTrip(target: Target, sampleCount: number, deadline: UrlDeadline): Promise<Measurement> {
  const { transport } = target;
  return transport === 'udp' ? measureByStun(target.url, sampleCount, deadline) : measureByEchoes(target, transport, deadline);
}

/** Measures STUN round trips to the host and port of the TURN URL. They take no allocation. */
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

/** No browser sends STUN over TCP, so data goes through the relay. */
async function measureByEchoes(target: Target, transport: 'tcp' | 'tls', deadline: UrlDeadline): Promise<Measurement> {
  const { status, relay } = await testUrl(target, deadline, true);
  const samples = relay ? [relay.rtt.min, relay.rtt.median, relay.rtt.p95] : [];
  return { url: target.url, rtt: relay?.rtt.min, samples, transport, status };
}

/** Returns the samples that say how near a server is. The first STUN sample includes the look-up of the host's name. */
export function comparableSamples({ samples, transport }: Pick<Measurement, 'samples' | 'transport'>): readonly number[] {
  return samples.length > 1 && !transport ? samples.slice(1) : samples;
}

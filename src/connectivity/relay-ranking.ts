import type { Measured } from './grade.js';
import type { ServerResult, ServerTransport } from './types.js';

/** A call prefers UDP, and falls back to TCP and then TLS. */
export const transportsByPreference: readonly ServerTransport[] = ['udp', 'tcp', 'tls'];

/** Returns the best working TURN URL: the nearest one over the preferred transport. */
export function bestRelay(results: readonly ServerResult[]): ServerResult | undefined {
  const [best] = results.filter(({ kind, status }) => kind !== 'stun' && status === 'ok').sort(byPreference);
  return best;
}

/**
 * Returns what the data tests of the TURN URLs say about a call: the delay of the best URL, and the loss over all URLs with its transport,
 * because the twenty packets of a single URL would say little.
 */
export function measureFromEchoes(results: readonly ServerResult[]): Measured | undefined {
  const best = bestRelay(results);
  if (!best?.relay) return undefined;
  const losses = results.flatMap(({ relay, transport }) => (relay && transport === best.transport ? [relay.loss] : []));
  const echoLoss = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  // An echo makes the round trip to the server twice, and is lost if either fails.
  return { rtt: best.relay.rtt, loss: 1 - Math.sqrt(1 - echoLoss) };
}

function byPreference(a: ServerResult, b: ServerResult): number {
  const preference = transportsByPreference.indexOf(a.transport) - transportsByPreference.indexOf(b.transport);
  return preference === 0 ? delayOf(a) - delayOf(b) : preference;
}

function delayOf({ relay, elapsed }: ServerResult): number {
  return relay ? relay.rtt.median : elapsed;
}

import { probe, type Limits, type Probe } from './probe.js';
import { measureRelay } from './relay.js';
import { stageOf } from './status.js';
import type { Target } from './targets.js';
import type { RelayQuality, ServerCandidate, ServerResult, ServerStatus } from './types.js';

/** Connecting both ends takes some 10 round trips, where an allocation takes 2 and its handshakes. */
const relayShare = 1.6;
/** As many allocations as that may take: where they did not fit, silence is no refusal. */
const allocations = 6;

type LocalCandidate = Omit<ServerCandidate, 'type'> & Record<'type' | 'candidateType', string>;

const candidatesOf = async (connection: RTCPeerConnection): Promise<ServerCandidate[]> => {
  const stats: ReadonlyMap<string, LocalCandidate> = await connection.getStats().catch(() => new Map());
  return [...stats.values()]
    .filter(({ type }) => type === 'local-candidate')
    .map(({ candidateType, protocol, relayProtocol }) => ({ type: candidateType, protocol, relayProtocol }));
};

/** A result before other URLs of the host had their say. */
export type Found = Omit<ServerResult, 'advice'>;

/** Tests one URL, with one connection, or two where data is to go through it. Never rejects, and leaves no connection open. */
export const testUrl = async (target: Target, limits: Limits, relays?: boolean): Promise<Found> => {
  const { url, kind, transport, host } = target;
  const probes: Probe[] = [];
  const open = (begin: (connection: RTCPeerConnection) => Promise<unknown>): Probe => {
    probes.push(probe(target, limits, begin));
    return probes.at(-1)!;
  };
  let status: ServerStatus = host ? 'aborted' : 'invalid';
  let elapsed = 0;
  let relay: RelayQuality | undefined;
  let candidates: ServerCandidate[] = [];
  try {
    if (host && !limits.signal?.aborted) {
      let channel: RTCDataChannel;
      const near = open((connection) => {
        // No camera, no microphone, no permission: a channel is enough to gather.
        channel = connection.createDataChannel('', { ordered: false, maxRetransmits: 0 });
        return connection.setLocalDescription();
      });
      status = await near.status;
      elapsed = near.elapsed();
      const stats = status === 'aborted' ? [] : candidatesOf(near.connection);
      if (status === 'ok' && relays && kind !== 'stun') {
        const timeout = limits.timeout * relayShare;
        const outcome = await measureRelay(near.connection, channel!, { ...limits, timeout }, open);
        if (typeof outcome === 'object') relay = outcome;
        else {
          status = outcome ?? (elapsed * allocations > timeout ? 'timeout' : 'refused');
          elapsed = near.elapsed();
        }
      }
      candidates = await stats;
    }
  } catch (error) {
    // Chromium, for too many connections; all else that the constructor throws is about the URL or its pair.
    status = (error as Error).name === 'UnknownError' ? 'error' : 'invalid';
  } finally {
    for (const { connection } of probes) connection.close();
  }
  const stage = relay ? 'relayed' : probes[0] ? stageOf(probes[0].evidence, status) : 'none';
  return {
    url,
    kind,
    transport,
    status,
    stage,
    elapsed,
    relay,
    errors: probes.flatMap(({ evidence }) => evidence.errors),
    candidates,
  };
};

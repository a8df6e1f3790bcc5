import type { Deadline } from '../utils/with-deadline.js';
import { IceProbe, type Begin } from './ice-probe.js';
import { RelayEchoes, type NearEnd } from './relay-echoes.js';
import { stageOf } from './status.js';
import type { Target } from './targets.js';
import type { RelayQuality, ServerCandidate, ServerResult, ServerStage, ServerStatus } from './types.js';

/** To connect both ends takes some 10 round trips; an allocation takes 2, and its handshakes. */
const relayTimeShare = 1.6;
/** If the time limit had no room for so many allocations, the silence of a relay is no refusal. */
const allocationsToConnect = 6;

/** A result before the other URLs of its host decide about it. */
export type RawResult = Omit<ServerResult, 'advice'>;

/** The time limit and the abort of one URL's test. */
export type UrlDeadline = Deadline & { readonly timeoutMs: number };

/**
 * Tests one URL, with one connection, or with two if data goes through it. Never rejects, and leaves no connection open.
 *
 * @param sendsData whether to send data through a TURN URL
 */
export async function testUrl(target: Target, deadline: UrlDeadline, sendsData = false): Promise<RawResult> {
  const test = new UrlTest(target, deadline);
  if (target.host && !deadline.signal?.aborted) await test.run(sendsData);
  return test.result();
}

class UrlTest {
  readonly #target: Target;
  readonly #deadline: UrlDeadline;
  readonly #probes: IceProbe[] = [];
  #status: ServerStatus;
  #elapsedMs = 0;
  #relay: RelayQuality | undefined;
  #candidates: ServerCandidate[] = [];

  constructor(target: Target, deadline: UrlDeadline) {
    this.#target = target;
    this.#deadline = deadline;
    this.#status = target.host ? 'aborted' : 'invalid';
  }

  async run(sendsData: boolean): Promise<void> {
    try {
      const near = await this.#gather();
      const candidates = this.#status === 'aborted' ? [] : readCandidates(near.connection);
      if (this.#status === 'ok' && sendsData && this.#target.kind !== 'stun') await this.#sendData(near);
      this.#candidates = await candidates;
    } catch (error) {
      // Chromium throws an UnknownError for too many connections. All else that a constructor throws is about the URL or its credential.
      this.#status = (error as Error).name === 'UnknownError' ? 'error' : 'invalid';
    } finally {
      for (const { connection } of this.#probes) connection.close();
    }
  }

  result(): RawResult {
    const { url, kind, transport } = this.#target;
    return {
      url,
      kind,
      transport,
      status: this.#status,
      stage: this.#stage(),
      elapsed: this.#elapsedMs,
      relay: this.#relay,
      errors: this.#probes.flatMap(({ evidence }) => evidence.errors),
      candidates: this.#candidates,
    };
  }

  async #gather(): Promise<NearEnd> {
    let channel: RTCDataChannel | undefined;
    const probe = this.#open(async (connection) => {
      // A channel is enough to gather: it needs no camera, no microphone and no permission.
      channel = connection.createDataChannel('', { ordered: false, maxRetransmits: 0 });
      await connection.setLocalDescription();
    });
    this.#status = await probe.status;
    this.#elapsedMs = probe.elapsedMs;
    return { connection: probe.connection, channel: channel! };
  }

  async #sendData(near: NearEnd): Promise<void> {
    const { signal, timeoutMs } = this.#deadline;
    const echoes = new RelayEchoes(near, { signal, timeoutMs: timeoutMs * relayTimeShare }, (begin) => this.#open(begin));
    const outcome = await echoes.outcome;
    if (typeof outcome === 'object') {
      this.#relay = outcome;
    } else {
      this.#status = outcome ?? this.#statusOfSilence();
      this.#elapsedMs = this.#probes[0]!.elapsedMs;
    }
  }

  #statusOfSilence(): ServerStatus {
    const hadTime = this.#elapsedMs * allocationsToConnect <= this.#deadline.timeoutMs * relayTimeShare;
    return hadTime ? 'refused' : 'timeout';
  }

  #stage(): ServerStage {
    if (this.#relay) return 'relayed';
    const [near] = this.#probes;
    return near ? stageOf(near.evidence, this.#status) : 'none';
  }

  #open(begin: Begin): IceProbe {
    const probe = new IceProbe(this.#target, this.#deadline, begin);
    this.#probes.push(probe);
    return probe;
  }
}

type LocalCandidate = Omit<ServerCandidate, 'type'> & Record<'type' | 'candidateType', string>;

async function readCandidates(connection: RTCPeerConnection): Promise<ServerCandidate[]> {
  const stats: ReadonlyMap<string, LocalCandidate> = await connection.getStats().catch(() => new Map());
  return [...stats.values()]
    .filter(({ type }) => type === 'local-candidate')
    .map(({ candidateType, protocol, relayProtocol }) => ({ type: candidateType, protocol, relayProtocol }));
}

import type { UrlDeadline } from './ice-probe.js';
import { arrivedTimes, qualityOf } from './quality.js';
import { echoPlan } from './relay-traffic.js';
import { stageOf } from './status.js';
import type { Target } from './targets.js';
import { hasTimeToConnect, TestConnections } from './test-connections.js';
import type { RelayQuality, ServerCandidate, ServerResult, ServerStage, ServerStatus } from './types.js';

/**
 * The errors that the constructor of `RTCPeerConnection` throws for a wrong URL or credential (measured in Chromium 156 and Firefox 153):
 * https://www.w3.org/TR/webrtc/#dom-rtcconfiguration-iceservers
 */
const urlErrors: ReadonlySet<string> = new Set(['SyntaxError', 'InvalidAccessError', 'NotSupportedError']);
/** Chromium throws this if a page has too many connections. */
const tooManyConnections = 'UnknownError';

/** A result that other URLs of the same host may still change. */
export interface RawResult extends Omit<ServerResult, 'advice'> {
  /** Whether `RTCPeerConnection` itself does not work. */
  readonly isBlocked: boolean;
}

/**
 * Tests one URL with one connection, or with two if data is sent. Never rejects, and leaves no connection open.
 *
 * @param sendsData whether to send data through a TURN URL
 */
export async function testUrl(target: Target, deadline: UrlDeadline, sendsData = false): Promise<RawResult> {
  const test = new UrlTest(target, deadline);
  if (target.host && !deadline.signal?.aborted) await test.run(sendsData && target.kind !== 'stun');
  return test.result();
}

class UrlTest {
  readonly #target: Target;
  readonly #timeoutMs: number;
  readonly #connections: TestConnections;
  #status: ServerStatus;
  #isBlocked = false;
  #elapsedMs = 0;
  #relay: RelayQuality | undefined;
  #candidates: ServerCandidate[] = [];

  constructor(target: Target, deadline: UrlDeadline) {
    this.#target = target;
    this.#timeoutMs = deadline.timeoutMs;
    this.#connections = new TestConnections(target, deadline);
    this.#status = target.host ? 'aborted' : 'invalid';
  }

  async run(sendsData: boolean): Promise<void> {
    try {
      await this.#gather();
      const candidates = this.#status === 'aborted' ? [] : readCandidates(this.#connections.near!.connection);
      if (this.#status === 'ok' && sendsData) await this.#sendData();
      this.#candidates = await candidates;
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#connections.close();
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
      errors: this.#connections.errors,
      candidates: this.#candidates,
      isBlocked: this.#isBlocked,
    };
  }

  async #gather(): Promise<void> {
    this.#status = await this.#connections.gather();
    this.#elapsedMs = this.#connections.near!.elapsedMs;
    this.#isBlocked = this.#status === 'error';
  }

  async #sendData(): Promise<void> {
    const outcome = await this.#connections.sendThroughRelay(echoPlan);
    if (typeof outcome === 'object') {
      this.#relay = qualityOf(arrivedTimes(outcome), outcome.length);
      return;
    }
    // If there was no time to connect, a relay that passes no data has not refused.
    const statusOfSilence = hasTimeToConnect(this.#elapsedMs, this.#timeoutMs) ? 'refused' : 'timeout';
    this.#status = outcome ?? statusOfSilence;
    this.#elapsedMs = this.#connections.near!.elapsedMs;
  }

  #fail(error: unknown): void {
    const { name } = Object(error) as Error;
    this.#status = urlErrors.has(name) && canConstruct() ? 'invalid' : 'error';
    this.#isBlocked = this.#status === 'error' && name !== tooManyConnections && !this.#connections.near;
  }

  #stage(): ServerStage {
    if (this.#relay) return 'relayed';
    const { near } = this.#connections;
    return near ? stageOf(near.evidence, this.#status) : 'none';
  }
}

/** A control without servers: if it fails as well, it is not the URL that the browser rejects. */
function canConstruct(): boolean {
  try {
    new RTCPeerConnection().close();
    return true;
  } catch {
    return false;
  }
}

type LocalCandidate = Omit<ServerCandidate, 'type'> & Record<'type' | 'candidateType', string>;

async function readCandidates(connection: RTCPeerConnection): Promise<ServerCandidate[]> {
  try {
    const stats: ReadonlyMap<string, LocalCandidate> = await connection.getStats();
    return [...stats.values()]
      .filter(({ type }) => type === 'local-candidate')
      .map(({ candidateType, protocol, relayProtocol }) => ({ type: candidateType, protocol, relayProtocol }));
  } catch {
    return [];
  }
}

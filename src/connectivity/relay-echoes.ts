import { onDeadline, type Deadline } from '../utils/with-deadline.js';
import type { Begin, IceProbe } from './ice-probe.js';
import { qualityOf } from './quality.js';
import type { RelayQuality, ServerStatus } from './types.js';

const echoCount = 20;
/** Echoes are apart, as the packets of a call are, so that they do not queue behind each other. */
const paceMs = 10;
/** How long the last echoes may take before they count as lost, as a share of the time limit. */
const patience = 0.25;

/** The quality, or the status that says why there is none, or `undefined` if the two ends do not connect or nothing comes back. */
export type RelayOutcome = RelayQuality | ServerStatus | undefined;

/** The end that has a relay candidate already, and its channel. */
export interface NearEnd {
  readonly connection: RTCPeerConnection;
  /** It is unordered and does not retransmit, so that one lost packet does not delay the others. */
  readonly channel: RTCDataChannel;
}

/**
 * Sends data through the server and back, between the near end and a second connection like it. Both can only relay, so each echo goes
 * through the server twice.
 */
export class RelayEchoes {
  /** Never rejects. */
  readonly outcome: Promise<RelayOutcome>;
  readonly #near: NearEnd;
  readonly #timeoutMs: number;
  readonly #sentAtMs: number[] = [];
  readonly #echoTimesMs: number[] = [];
  #cancelDeadline: () => void = () => {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #resolve: (outcome: RelayOutcome) => void = () => {};

  /**
   * @param openFar opens the far end
   * @throws what the constructor of `RTCPeerConnection` throws
   */
  constructor(near: NearEnd, deadline: Deadline & { timeoutMs: number }, openFar: (begin: Begin) => IceProbe) {
    this.#near = near;
    this.#timeoutMs = deadline.timeoutMs;
    this.outcome = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    const far = openFar((connection) => answer(near.connection, connection));
    this.#listen(far.connection);
    this.#cancelDeadline = onDeadline(deadline, (reached) => this.#onDeadline(reached));
    void far.status.then((status) => {
      if (status !== 'ok') this.#finish(status);
    });
  }

  #listen(far: RTCPeerConnection): void {
    const { connection: near, channel } = this.#near;
    channel.onopen = () => this.#sendNext();
    channel.onmessage = ({ data }) => this.#receive(Number(data));
    far.ondatachannel = ({ channel: echo }) => {
      echo.onmessage = ({ data }) => echo.send(data as string);
    };
    passCandidates(near, far);
    passCandidates(far, near);
    for (const connection of [near, far]) {
      // A server that forbids the peer (403) sends no event: the connection fails, in Firefox after 5 s.
      connection.onconnectionstatechange = () => {
        if (connection.connectionState === 'failed') this.#finish(undefined);
      };
    }
  }

  #sendNext(): void {
    const index = this.#sentAtMs.length;
    this.#sentAtMs.push(performance.now());
    this.#near.channel.send(String(index));
    const isLast = this.#sentAtMs.length === echoCount;
    this.#timer = isLast
      ? setTimeout(() => this.#finishWithQuality(), this.#timeoutMs * patience)
      : setTimeout(() => this.#sendNext(), paceMs);
  }

  #receive(index: number): void {
    this.#echoTimesMs.push(performance.now() - this.#sentAtMs[index]!);
    if (this.#echoTimesMs.length === echoCount) this.#finishWithQuality();
  }

  #onDeadline(reached: 'timeout' | 'aborted'): void {
    if (reached === 'aborted') this.#finish('aborted');
    // Echoes that are on their way have a time limit of their own.
    else if (this.#sentAtMs.length === 0) this.#finish(undefined);
  }

  #finishWithQuality(): void {
    this.#finish(this.#echoTimesMs.length > 0 ? qualityOf(this.#echoTimesMs, this.#sentAtMs.length) : undefined);
  }

  #finish(outcome: RelayOutcome): void {
    this.#cancelDeadline();
    clearTimeout(this.#timer);
    // The channel may be about to open.
    this.#near.channel.onopen = null;
    this.#resolve(outcome);
  }
}

async function answer(near: RTCPeerConnection, far: RTCPeerConnection): Promise<void> {
  await far.setRemoteDescription(near.localDescription!);
  await far.setLocalDescription();
  await near.setRemoteDescription(far.localDescription!);
}

/** Candidates that were there before are in the description. One that comes too late, or that the browser does not want, is no loss. */
function passCandidates(from: RTCPeerConnection, to: RTCPeerConnection): void {
  from.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate) to.addIceCandidate(candidate).catch(() => {});
  });
}

import { onDeadline } from '../utils/with-deadline.js';
import type { Begin, IceProbe, UrlDeadline } from './ice-probe.js';
import type { ServerStatus } from './types.js';

/** How long the last packets may take before they count as lost, as a share of the time limit. */
export const patience = 0.25;
/** A tab in the background sends late. After so many times the planned time it sends no more. */
export const longestDelayFactor = 2;

/** What is sent through a relay. */
export interface TrafficPlan {
  readonly packetCount: number;
  /** The time from one packet to the next: packets that are sent at once queue behind each other. */
  readonly paceMs: number;
  readonly packetBytes: number;
  /** The far end sends each packet back. If it does not, the time of a packet ends at the far end. */
  readonly isEchoed: boolean;
  /** Called after each packet that is sent, and for the last one when it has arrived or is lost: the times are complete then. */
  readonly onSent?: (timesMs: PacketTimes) => void;
}

/** The data test of one URL. */
export const echoPlan: TrafficPlan = { packetCount: 20, paceMs: 10, packetBytes: 0, isEchoed: true };

/** The time that each packet took, in the order in which they were sent. A packet that did not arrive has none. */
export type PacketTimes = readonly (number | undefined)[];

/** The times, or the status that says why there are none, or `undefined` if the two ends do not connect or nothing arrives. */
export type TrafficOutcome = PacketTimes | ServerStatus | undefined;

/**
 * Connects the near end with a far end in the same page, and sends packets. Both ends can only relay, so a packet goes to the server, from
 * one of its relays to the other, and back to this device.
 */
export class RelayTraffic {
  /** Never rejects. */
  readonly outcome: Promise<TrafficOutcome>;
  readonly #near: RTCPeerConnection;
  readonly #channel: RTCDataChannel;
  readonly #deadline: UrlDeadline;
  readonly #plan: TrafficPlan;
  readonly #sentAtMs: number[] = [];
  readonly #timesMs: (number | undefined)[] = [];
  #arrivedCount = 0;
  #cancelDeadline: () => void = () => {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #resolve: (outcome: TrafficOutcome) => void = () => {};

  /** @param channel of the near end; unordered and without retransmission, so that one lost packet does not delay the others */
  constructor(near: RTCPeerConnection, channel: RTCDataChannel, deadline: UrlDeadline, plan: TrafficPlan) {
    this.#near = near;
    this.#channel = channel;
    this.#deadline = deadline;
    this.#plan = plan;
    this.outcome = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /**
   * Connects the two ends. As soon as that is done, it sends.
   *
   * @param openFar opens the far end
   * @throws what the constructor of `RTCPeerConnection` throws
   */
  start(openFar: (begin: Begin) => IceProbe): void {
    const far = openFar((connection) => answer(this.#near, connection));
    this.#listen(far.connection);
    this.#cancelDeadline = onDeadline(this.#deadline, (reached) => this.#onDeadline(reached));
    void far.status.then((status) => {
      if (status !== 'ok') this.#finish(status);
    });
  }

  #listen(far: RTCPeerConnection): void {
    this.#channel.onopen = () => this.#sendNext();
    // A closed channel cannot send: what came until then is all there is.
    this.#channel.onclose = () => this.#finishWithTimes();
    this.#channel.onmessage = ({ data }) => this.#receive(Number(data));
    far.ondatachannel = ({ channel }) => {
      channel.onmessage = ({ data }) => {
        if (!this.#plan.isEchoed) this.#receive(Number(data));
        else if (!isClosed(channel)) channel.send(data as string);
      };
    };
    passCandidates(this.#near, far);
    passCandidates(far, this.#near);
    for (const connection of [this.#near, far]) {
      // A server that forbids the peer (403) sends no event: the connection fails, in Firefox after 5 s.
      connection.onconnectionstatechange = () => {
        if (connection.connectionState === 'failed') this.#finish(undefined);
      };
    }
  }

  #sendNext(): void {
    if (isClosed(this.#channel)) return;
    const { packetCount, paceMs, packetBytes, onSent } = this.#plan;
    const index = this.#sentAtMs.length;
    this.#sentAtMs.push(performance.now());
    this.#timesMs.push(undefined);
    this.#channel.send(String(index).padEnd(packetBytes));
    const isLate = performance.now() - this.#sentAtMs[0]! >= packetCount * paceMs * longestDelayFactor;
    if (index + 1 === packetCount || isLate) {
      this.#timer = setTimeout(() => this.#finishWithTimes(), this.#deadline.timeoutMs * patience);
    } else {
      this.#timer = setTimeout(() => this.#sendNext(), paceMs);
      onSent?.(this.#timesMs);
    }
  }

  #receive(index: number): void {
    this.#timesMs[index] = performance.now() - this.#sentAtMs[index]!;
    this.#arrivedCount += 1;
    if (this.#arrivedCount === this.#plan.packetCount) this.#finishWithTimes();
  }

  #onDeadline(reached: 'timeout' | 'aborted'): void {
    if (reached === 'aborted') this.#finish('aborted');
    // Packets that are on their way have a time limit of their own.
    else if (this.#sentAtMs.length === 0) this.#finish(undefined);
  }

  #finishWithTimes(): void {
    this.#plan.onSent?.(this.#timesMs);
    this.#finish(this.#arrivedCount > 0 ? this.#timesMs : undefined);
  }

  #finish(outcome: TrafficOutcome): void {
    this.#cancelDeadline();
    clearTimeout(this.#timer);
    // The channel may be about to open.
    this.#channel.onopen = null;
    this.#resolve(outcome);
  }
}

/** To send through a closed channel throws. */
function isClosed({ readyState }: RTCDataChannel): boolean {
  return readyState === 'closing' || readyState === 'closed';
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

import { onDeadline } from '../utils/with-deadline.js';
import type { Begin, IceProbe, UrlDeadline } from './ice-probe.js';
import type { ServerStatus } from './types.js';

/** How long the last packets may take before they count as lost, as a fraction of the time limit. */
export const patience = 0.25;
/** A tab in the background sends late. After this many times the planned duration, it stops sending. */
export const longestDelayFactor = 2;

/** What is sent through a relay. */
export interface TrafficPlan {
  readonly packetCount: number;
  /** The time from one packet to the next. Without a pause, packets would queue behind each other. */
  readonly paceMs: number;
  readonly packetBytes: number;
  /** Whether the far end sends each packet back. If not, the time of a packet ends at the far end. */
  readonly isEchoed: boolean;
  /** Called after each packet is sent, and for the last one when it has arrived or is lost: the times are then complete. */
  readonly onSent?: (timesMs: PacketTimes) => void;
}

/** The plan for the data test of one URL. */
export const echoPlan: TrafficPlan = { packetCount: 20, paceMs: 10, packetBytes: 0, isEchoed: true };

/** The time of each packet, in the order in which they were sent; `undefined` for a packet that did not arrive. */
export type PacketTimes = readonly (number | undefined)[];

/** The times, or the status that explains why there are none, or `undefined` if the two ends do not connect or nothing arrives. */
export type TrafficOutcome = PacketTimes | ServerStatus | undefined;

/**
 * Connects the near end with a far end in the same page, and sends packets. Both ends can only use relays, so a packet goes to the server,
 * from one of its relays to the other, and back to this device.
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

  /** @param channel the channel of the near end: unordered and without retransmission, so that a lost packet does not delay the others */
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
   * Connects the two ends, and then sends the packets.
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
    // A closed channel cannot send, so the packets that have arrived are the result.
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
      // If the server forbids the peer (403), no event is fired. The connection fails, in Firefox after 5 s.
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
    // Once packets are sent, a separate time limit applies to them.
    else if (this.#sentAtMs.length === 0) this.#finish(undefined);
  }

  #finishWithTimes(): void {
    this.#plan.onSent?.(this.#timesMs);
    this.#finish(this.#arrivedCount > 0 ? this.#timesMs : undefined);
  }

  #finish(outcome: TrafficOutcome): void {
    this.#cancelDeadline();
    clearTimeout(this.#timer);
    // The channel may open after this.
    this.#channel.onopen = null;
    this.#resolve(outcome);
  }
}

/** Sending through a closed channel throws. */
function isClosed({ readyState }: RTCDataChannel): boolean {
  return readyState === 'closing' || readyState === 'closed';
}

async function answer(near: RTCPeerConnection, far: RTCPeerConnection): Promise<void> {
  await far.setRemoteDescription(near.localDescription!);
  await far.setLocalDescription();
  await near.setRemoteDescription(far.localDescription!);
}

/** Passes later candidates on; earlier ones are in the description. One that comes too late, or that the browser rejects, is not needed. */
function passCandidates(from: RTCPeerConnection, to: RTCPeerConnection): void {
  from.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate) to.addIceCandidate(candidate).catch(() => {});
  });
}

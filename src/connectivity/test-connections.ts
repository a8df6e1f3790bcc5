import { IceProbe, type Begin, type UrlDeadline } from './ice-probe.js';
import { longestDelayFactor, patience, RelayTraffic, type TrafficOutcome, type TrafficPlan } from './relay-traffic.js';
import type { Target } from './targets.js';
import type { ServerFault, ServerStatus } from './types.js';

/** Connecting both ends takes about 10 round trips. An allocation takes 2, and its handshakes. */
const connectTimeShare = 1.6;
/** Connecting takes as long as this many allocations. */
const allocationsToConnect = 6;

/** The connections for the test of one URL: the near end gathers, and then the far end opens so that data is sent between them. */
export class TestConnections {
  readonly #target: Target;
  readonly #deadline: UrlDeadline;
  readonly #probes: IceProbe[] = [];
  #channel: RTCDataChannel | undefined;

  constructor(target: Target, deadline: UrlDeadline) {
    this.#target = target;
    this.#deadline = deadline;
  }

  get near(): IceProbe | undefined {
    return this.#probes[0];
  }

  get errors(): ServerFault[] {
    return this.#probes.flatMap(({ evidence }) => evidence.errors);
  }

  /** @throws what the constructor of `RTCPeerConnection` throws */
  gather(): Promise<ServerStatus> {
    const near = this.#open(async (connection) => {
      // A data channel is enough to start gathering. It needs no camera, microphone or permission.
      this.#channel = connection.createDataChannel('', { ordered: false, maxRetransmits: 0 });
      await connection.setLocalDescription();
    });
    return near.status;
  }

  /**
   * Sends data through the relay. It must be called only after `gather` returned `ok`.
   *
   * @throws what the constructor of `RTCPeerConnection` throws
   */
  sendThroughRelay(plan: TrafficPlan): Promise<TrafficOutcome> {
    const deadline = { ...this.#deadline, timeoutMs: this.#deadline.timeoutMs * connectTimeShare };
    const traffic = new RelayTraffic(this.near!.connection, this.#channel!, deadline, plan);
    traffic.start((begin) => this.#open(begin));
    return traffic.outcome;
  }

  close(): void {
    for (const { connection } of this.#probes) {
      try {
        connection.close();
      } catch {
        // A stub of `RTCPeerConnection` may have no such method, or one that throws.
      }
    }
  }

  #open(begin: Begin): IceProbe {
    const probe = new IceProbe(this.#target, this.#deadline, begin);
    this.#probes.push(probe);
    return probe;
  }
}

/** Returns how long the data test may take at most, gathering included. */
export function longestTestMs(timeoutMs: number, { packetCount, paceMs }: TrafficPlan): number {
  return timeoutMs * (1 + connectTimeShare * (1 + patience)) + packetCount * paceMs * longestDelayFactor;
}

/** Returns whether the time limit leaves time to connect both ends, given how long one end took to gather. */
export function hasTimeToConnect(gatheringMs: number, timeoutMs: number): boolean {
  return gatheringMs * allocationsToConnect <= timeoutMs * connectTimeShare;
}

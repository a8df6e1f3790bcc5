import { onDeadline, type Deadline } from '../utils/with-deadline.js';
import { rounded } from './quality.js';
import { statusOf, type Evidence } from './status.js';
import type { Target } from './targets.js';
import type { ServerFault, ServerStatus } from './types.js';

/** The time limit and the abort signal for the test of one URL. */
export type UrlDeadline = Deadline & { readonly timeoutMs: number };

/** Sets the local description of a connection, which starts gathering. */
export type Begin = (connection: RTCPeerConnection) => Promise<unknown>;

/**
 * A connection with only one URL. It gathers until the first proof, because waiting for `complete` would take 11 to 40 s if one address of
 * the host does not respond. Whoever creates a probe closes its connection.
 */
export class IceProbe {
  readonly connection: RTCPeerConnection;
  /** Resolves with the first proof, and never rejects. */
  readonly status: Promise<ServerStatus>;
  readonly #target: Target;
  readonly #errors: ServerFault[] = [];
  readonly #candidateTypes = new Set<string>();
  #cancelDeadline: () => void = () => {};
  #isComplete = false;
  #startedAtMs = performance.now();
  #resolve: (status: ServerStatus) => void = () => {};

  /** @throws what the constructor of `RTCPeerConnection` throws */
  constructor(target: Target, deadline: UrlDeadline, begin: Begin) {
    this.#target = target;
    this.connection = new RTCPeerConnection({
      iceServers: [target.server],
      iceTransportPolicy: target.kind === 'stun' ? 'all' : 'relay',
    });
    this.status = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#cancelDeadline = onDeadline(deadline, (reached) => this.#finish(reached));
    this.#listen();
    void this.#begin(begin);
  }

  /** The evidence so far. It no longer grows once the status is known. */
  get evidence(): Evidence {
    return { errors: this.#errors, candidateTypes: this.#candidateTypes, isComplete: this.#isComplete };
  }

  /** The time since gathering began, in milliseconds. */
  get elapsedMs(): number {
    return rounded(performance.now() - this.#startedAtMs);
  }

  async #begin(begin: Begin): Promise<void> {
    try {
      await begin(this.connection);
      // The stub of a content blocker accepts every call and does nothing. Any property may be a function then.
      if (!this.connection.localDescription?.type) this.#finish('error');
    } catch {
      this.#finish('error');
    }
  }

  #listen(): void {
    const { connection } = this;
    connection.onicegatheringstatechange = () => {
      const { iceGatheringState } = connection;
      // Before gathering, the browser generates keys for the connection. That time does not count.
      if (iceGatheringState === 'gathering') this.#startedAtMs = performance.now();
      this.#isComplete = iceGatheringState === 'complete';
      this.#decide();
    };
    connection.onicecandidate = ({ candidate }) => {
      const type = typeOf(candidate);
      if (type) this.#candidateTypes.add(type);
      this.#decide();
    };
    connection.onicecandidateerror = ({ errorCode }) => {
      this.#errors.push({ code: errorCode, elapsed: this.elapsedMs });
      this.#decide();
    };
  }

  #decide(): void {
    const status = statusOf(this.#target, this.evidence);
    if (status) this.#finish(status);
  }

  #finish(status: ServerStatus): void {
    this.#cancelDeadline();
    this.connection.onicegatheringstatechange = null;
    this.connection.onicecandidate = null;
    this.connection.onicecandidateerror = null;
    this.#resolve(status);
  }
}

/** Reads the candidate line, because Firefox sends an empty candidate before `null`, and has the property `type` only since version 126. */
function typeOf(candidate: RTCIceCandidate | null): string | undefined {
  return / typ (\w+)/.exec(candidate?.candidate ?? '')?.[1];
}

import type { ConnectionSource } from './connection-source.js';
import { CredentialRefusals } from './credential-refusals.js';
import { ManagedConnection } from './managed-connection.js';
import { RestartQueue } from './restart-queue.js';

/** The connections that one loader keeps supplied. */
export class ConnectionRegistry {
  readonly #source: ConnectionSource;
  readonly #refusals = new CredentialRefusals();
  readonly #restarts = new RestartQueue();
  readonly #connections = new Map<RTCPeerConnection, ManagedConnection>();
  #appliedAnswer: object | undefined;

  constructor(source: ConnectionSource) {
    this.#source = source;
  }

  /** Starts to keep a connection supplied. Returns a function that stops it. */
  add(pc: RTCPeerConnection, signal: AbortSignal | undefined): () => void {
    const connection = this.#connections.get(pc) ?? this.#manage(pc);
    const stop = (): void => {
      this.#remove(pc, connection);
      this.#source.updateSchedule();
    };
    signal?.addEventListener('abort', stop, { signal: connection.signal });
    this.#source.schedule(this.#poll);
    return stop;
  }

  #manage(pc: RTCPeerConnection): ManagedConnection {
    const connection = new ManagedConnection(pc, { source: this.#source, refusals: this.#refusals, restarts: this.#restarts });
    this.#connections.set(pc, connection);
    return connection;
  }

  #remove(pc: RTCPeerConnection, connection: ManagedConnection): void {
    if (this.#connections.get(pc) === connection) this.#connections.delete(pc);
    connection.stop();
  }

  /** Releases closed connections, and applies new servers to the others. Returns whether any connection is left. */
  readonly #poll = (): boolean => {
    const answer = this.#source.currentAnswer;
    const isNew = answer !== this.#appliedAnswer;
    this.#appliedAnswer = answer;
    for (const [pc, connection] of this.#connections) {
      if (connection.isGone) this.#remove(pc, connection);
      else connection.poll(isNew ? this.#source.currentServers() : undefined);
    }
    const hasConnections = this.#connections.size > 0;
    if (hasConnections) this.#source.reportExpiry();
    else this.#refusals.forgetAll();
    return hasConnections;
  };
}

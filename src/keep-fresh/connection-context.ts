import type { ConnectionSource } from './connection-source.js';
import type { CredentialRefusals } from './credential-refusals.js';
import type { RestartQueue } from './restart-queue.js';

/** What the connections of one loader share. */
export interface ConnectionContext {
  readonly source: ConnectionSource;
  readonly refusals: CredentialRefusals;
  readonly restarts: RestartQueue;
}

import { watchAllocation, type AllocationWatch, type IsAlive } from './allocation-watch.js';
import { guardStream } from './guard-stream.js';
import { guardUdp, type Listener } from './guard-udp.js';
import { freePort, loopbackAddresses } from './loopback.js';
import type { TurnServer, TurnTransport } from './turn-server.js';

export interface GuardRecord {
  /** Epoch milliseconds. A drop is recorded at the first message after the credential has expired. */
  readonly at: number;
  readonly event: 'allocated' | 'cut';
  readonly transport: TurnTransport;
  /** The client's address and port. */
  readonly client: string;
  readonly username: string;
}

/** A proxy in front of a TURN server, with the same transports on its own ports. */
export interface Guard {
  readonly transports: readonly TurnTransport[];
  readonly port: number;
  readonly tlsPort: number | undefined;
  /** STUN bypasses the guard, because the server would see the guard's address instead of the client's. */
  readonly stunPort: number;
  /** It contains usernames, so it is for tests, not for a page or a console. */
  readonly log: readonly GuardRecord[];
  stop(): void;
}

/**
 * coturn checks the credential when an allocation begins and never again. Other servers drop the allocation when its
 * credential expires, and so does this guard: from then on, nothing passes in either direction, and no error is sent.
 */
export async function startGuard(turn: TurnServer, isAlive: IsAlive): Promise<Guard> {
  const log: GuardRecord[] = [];
  const listeners: Listener[] = [];
  const stop = (): void => listeners.splice(0).forEach((listener) => listener.close());

  const watchOver =
    (transport: TurnTransport) =>
    (client: string): AllocationWatch =>
      watchAllocation(isAlive, (event, username) => log.push({ at: Date.now(), event, transport, client, username }));

  const listen = async (port: number, streams: Omit<Parameters<typeof guardStream>[0], 'host' | 'port'> | undefined): Promise<void> => {
    for (const host of loopbackAddresses()) {
      listeners.push(await guardUdp({ host, port, targetPort: turn.port, watch: watchOver('udp') }));
      if (streams) listeners.push(await guardStream({ host, port, ...streams }));
    }
  };

  try {
    const port = await freePort();
    const hasTcp = turn.transports.includes('tcp');
    await listen(port, hasTcp ? { targetPort: turn.port, watch: watchOver('tcp') } : undefined);

    let tlsPort: number | undefined;
    if (turn.tlsPort !== undefined && turn.certificate !== undefined && turn.privateKey !== undefined) {
      tlsPort = await freePort();
      const tls = { cert: turn.certificate, key: turn.privateKey };
      await listen(tlsPort, { targetPort: turn.port, tls, watch: watchOver('tls') });
    }
    return { transports: turn.transports, port, tlsPort, stunPort: turn.port, log, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

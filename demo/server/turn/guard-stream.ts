import { once } from 'node:events';
import { connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { AllocationWatch } from './allocation-watch.js';
import type { Listener } from './guard-udp.js';
import { messageSplitter } from './stun-message.js';

export interface StreamOptions {
  readonly host: string;
  readonly port: number;
  /** Where the TURN server accepts plain TCP. */
  readonly targetPort: number;
  /** With a certificate, clients connect over TLS, which ends here. */
  readonly tls?: { readonly cert: string; readonly key: string };
  watch(client: string): AllocationWatch;
}

/** Relays TCP connections to the TURN server at the same host, message by message, if the watch of each connection lets them pass. */
export async function guardStream({ host, port, targetPort, tls, watch }: StreamOptions): Promise<Listener> {
  const open = new Set<Socket>();

  const serve = (client: Socket): void => {
    const { fromClient, fromServer } = watch(`${client.remoteAddress}:${client.remotePort}`);
    const upstream = connect({ host, port: targetPort });
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.setNoDelay(true).once('close', () => open.delete(socket));
    }
    relay(client, upstream, fromClient);
    relay(upstream, client, fromServer);
  };

  const server: Server = tls ? createTlsServer(tls, serve) : createTcpServer(serve);
  server.listen({ host, port, exclusive: true });
  await once(server, 'listening');

  return {
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

function relay(from: Socket, to: Socket, passes: (message: Buffer) => boolean): void {
  const split = messageSplitter();
  from.on('data', (chunk) => {
    const messages = split(chunk);
    // The client uses another protocol. A TURN server would close the connection.
    if (!messages) from.destroy();
    for (const message of messages ?? []) {
      if (passes(message) && !to.write(message)) from.pause();
    }
  });
  to.on('drain', () => from.resume());
  from.on('close', () => to.destroy());
  // 'close' follows, and nothing else has to be done.
  from.on('error', () => undefined);
}

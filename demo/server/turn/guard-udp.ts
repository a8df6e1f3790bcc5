import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { beginsAllocation, type AllocationWatch } from './allocation-watch.js';

/** coturn keeps an allocation for 10 minutes, so a client that is silent for longer no longer needs a socket. */
const idleMs = 660_000;

export interface Listener {
  close(): void;
}

export interface UdpOptions {
  readonly host: string;
  readonly port: number;
  readonly targetPort: number;
  watch(client: string): AllocationWatch;
}

interface Flow {
  readonly upstream: Socket;
  readonly watch: AllocationWatch;
  readonly idle: NodeJS.Timeout;
}

/** Relays datagrams between each client and the TURN server at the same host, if the client's watch lets them pass. */
export async function guardUdp({ host, port, targetPort, watch }: UdpOptions): Promise<Listener> {
  const family = host.includes(':') ? 'udp6' : 'udp4';
  const flows = new Map<string, Flow>();
  const listener = createSocket(family);
  let open = true;

  const close = (client: string, { upstream, idle }: Flow): void => {
    clearTimeout(idle);
    upstream.close();
    flows.delete(client);
  };

  const begin = (client: string, clientPort: number, clientHost: string): Flow => {
    const flow: Flow = {
      // One socket for each client, because the server distinguishes its clients by address.
      upstream: createSocket(family),
      watch: watch(client),
      idle: setTimeout(() => close(client, flow), idleMs).unref(),
    };
    flow.upstream.on('error', ignore).on('message', (message, from) => {
      // The server's responses name this socket, so a peer may send to it.
      if (from.port === targetPort && open && flow.watch.fromServer(message)) listener.send(message, clientPort, clientHost, ignore);
    });
    flows.set(client, flow);
    return flow;
  };

  listener.on('error', ignore).on('message', (message, from) => {
    const client = `${from.address}:${from.port}`;
    const known = flows.get(client);
    // Another client may get the port of a client that was dropped, and must not be dropped too.
    const isAnother = known?.watch.isCut && beginsAllocation(message);
    if (known && isAnother) close(client, known);
    const flow = known && !isAnother ? known : begin(client, from.port, from.address);
    if (!flow.watch.fromClient(message)) return;
    flow.idle.refresh();
    flow.upstream.send(message, targetPort, host, ignore);
  });

  listener.bind({ address: host, port, exclusive: true });
  await once(listener, 'listening');

  return {
    close: () => {
      if (!open) return;
      open = false;
      for (const [client, flow] of flows) close(client, flow);
      listener.close();
    },
  };
}

/** A datagram may be lost, and nothing waits for it. */
function ignore(): void {
  // Nothing to do.
}

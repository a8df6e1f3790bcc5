import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { freePort, loopbackAddresses } from './loopback.js';

export interface SlowProxy {
  readonly port: number;
  stop(): void;
}

/** A port in front of another port on this computer, for UDP and TCP. It delays everything that passes, in each direction. */
export async function startSlowProxy(targetPort: number, delayMs: number): Promise<SlowProxy> {
  const port = await freePort();
  const stops: (() => void)[] = [];
  for (const host of loopbackAddresses()) {
    stops.push(await slowUdp(host, port, targetPort, delayMs));
    stops.push(await slowTcp(host, port, targetPort, delayMs));
  }
  return { port, stop: () => stops.splice(0).forEach((stop) => stop()) };
}

async function slowUdp(host: string, port: number, targetPort: number, delayMs: number): Promise<() => void> {
  const family = host.includes(':') ? 'udp6' : 'udp4';
  const upstreams = new Map<string, UdpSocket>();
  const front = createSocket(family);
  let open = true;
  const later = (send: () => void): unknown => setTimeout(() => open && send(), delayMs).unref();

  front.on('error', ignore).on('message', (message, from) => {
    const client = `${from.address}:${from.port}`;
    const upstream = upstreams.get(client) ?? createSocket(family).on('error', ignore);
    if (!upstreams.has(client)) {
      upstreams.set(client, upstream);
      upstream.on('message', (answer) => later(() => front.send(answer, from.port, from.address, ignore)));
    }
    later(() => upstream.send(message, targetPort, host, ignore));
  });
  front.bind({ address: host, port, exclusive: true });
  await once(front, 'listening');
  return () => {
    open = false;
    for (const socket of [front, ...upstreams.values()]) socket.close();
  };
}

async function slowTcp(host: string, port: number, targetPort: number, delayMs: number): Promise<() => void> {
  const sockets = new Set<Socket>();
  const relay = (from: Socket, to: Socket): void => {
    const later = (act: () => void): unknown => setTimeout(act, delayMs).unref();
    sockets.add(from);
    from.setNoDelay(true);
    from.on('data', (chunk) => later(() => to.writable && to.write(chunk)));
    from.on('error', ignore).on('close', () => {
      sockets.delete(from);
      later(() => to.destroy());
    });
  };
  const server = createServer((client) => {
    const upstream = connect({ host, port: targetPort });
    relay(client, upstream);
    relay(upstream, client);
  });
  server.listen({ host, port, exclusive: true });
  await once(server, 'listening');
  return () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
}

/** Lost data is ignored. */
function ignore(): void {
  // Nothing to do.
}

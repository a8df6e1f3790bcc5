import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';

/**
 * Every loopback address of this computer. A name under `.localhost` resolves to 127.0.0.1 and ::1, and a browser reports
 * an address without a server as an error 40 seconds later.
 */
export function loopbackAddresses(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.some(({ address }) => address === '::1') ? ['127.0.0.1', '::1'] : ['127.0.0.1'];
}

/**
 * A port that is free for UDP and TCP on every loopback address. It is below the range that systems use for
 * outgoing connections, so it is not taken between this check and its use.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = randomInt(20_000, 24_000);
    if (await isFree(port)) return port;
  }
  throw new Error('No free port for a TURN server between 20000 and 24000.');
}

/** Ports for relayed traffic. An overlap with another server is harmless, because each allocation finds a free port. */
export function relayPorts(): { first: number; last: number } {
  const size = 200;
  const first = 24_000 + size * randomInt(0, 40);
  return { first, last: first + size - 1 };
}

async function isFree(port: number): Promise<boolean> {
  const checks = loopbackAddresses().flatMap((address) => [isFreeForTcp(address, port), isFreeForUdp(address, port)]);
  return (await Promise.all(checks)).every(Boolean);
}

async function isFreeForTcp(host: string, port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

async function isFreeForUdp(address: string, port: number): Promise<boolean> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  try {
    socket.bind({ address, port, exclusive: true });
    await once(socket, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    socket.close();
  }
}

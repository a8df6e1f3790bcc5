import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { setTimeout as delay } from 'node:timers/promises';
import type { TurnTransport } from './turn-server.js';

export interface Endpoint {
  readonly transport: TurnTransport;
  readonly host: string;
  readonly port: number;
}

const patienceMs = 10_000;
const attemptMs = 250;

/** Resolves once a STUN server responds. Rejects if none responds in time or if `signal` is aborted. */
export async function answersStun(endpoint: Endpoint, signal?: AbortSignal): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await probe(endpoint))) {
    signal?.throwIfAborted();
    const { transport, host, port } = endpoint;
    if (Date.now() > deadline) throw new Error(`No answer from ${host}:${port} over ${transport} in ${patienceMs / 1000} s.`);
    await delay(20);
  }
}

function probe(endpoint: Endpoint): Promise<boolean> {
  // A binding request (RFC 8489, 5): type, length 0, magic cookie, transaction id.
  const request = Buffer.concat([Buffer.from('000100002112a442', 'hex'), randomBytes(12)]);
  const isAnswer = (data: Buffer): boolean => data.readUInt16BE(0) === 0x0101 && data.subarray(8, 20).equals(request.subarray(8, 20));

  return new Promise((resolve) => {
    const socket = exchange(
      endpoint,
      request,
      (data) => settle(data.length >= 20 && isAnswer(data)),
      () => settle(false),
    );
    const timer = setTimeout(() => settle(false), attemptMs);

    function settle(answered: boolean): void {
      clearTimeout(timer);
      socket.close();
      resolve(answered);
    }
  });
}

/** Sends the request. `close` may be called twice. */
function exchange(
  { transport, host, port }: Endpoint,
  request: Buffer,
  onData: (data: Buffer) => void,
  onError: () => void,
): { close(): void } {
  if (transport === 'udp') {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    let open = true;
    socket.on('message', onData).on('error', onError).send(request, port, host);
    return {
      close: () => {
        if (open) socket.close();
        open = false;
      },
    };
  }
  const socket = transport === 'tls' ? connectTls({ host, port, rejectUnauthorized: false }) : connectTcp({ host, port });
  socket.on('data', onData).on('error', onError).write(request);
  return { close: () => socket.destroy() };
}

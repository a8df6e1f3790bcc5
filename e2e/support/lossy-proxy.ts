import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** What a proxy does to the packets of each client, in each direction. It goes by their count, so that every run is alike. */
export interface LossPlan {
  /** Every packet takes so much longer, in milliseconds. */
  readonly delayMs?: number;
  /** Every second packet takes so much longer still, in milliseconds. */
  readonly jitterMs?: number;
  /** The share of the packets that is dropped, evenly: with 0.05 each twentieth. */
  readonly loss?: number;
}

type Pass = (packet: Buffer) => void;

/** So many packets connect the two ends, and are never dropped: an even loss may hit the same message of a handshake each time. */
const handshakePackets = 20;

/** Passes UDP on to a port of 127.0.0.1, as a bad network would. */
export async function startLossyProxy(targetPort: number, plan: LossPlan): Promise<{ port: number } & AsyncDisposable> {
  const sockets: Socket[] = [];
  const lanes = new Map<string, Pass>();
  let isOpen = true;

  const open = (): Socket => {
    const socket = createSocket('udp4').on('error', ignore);
    sockets.push(socket);
    return socket;
  };
  const send = (socket: Socket, packet: Buffer, port: number, address: string): void => {
    if (isOpen) socket.send(packet, port, address, ignore);
  };
  const front = open();
  /** One socket for each client: the server tells its clients apart by their address. */
  const connect = ({ port, address }: RemoteInfo): Pass => {
    const upstream = open();
    const passDown = startLane(plan, (packet) => send(front, packet, port, address));
    upstream.on('message', (packet) => passDown(packet));
    return startLane(plan, (packet) => send(upstream, packet, targetPort, '127.0.0.1'));
  };

  front.on('message', (packet, client) => {
    const name = `${client.address}:${client.port}`;
    const passUp = lanes.get(name) ?? connect(client);
    lanes.set(name, passUp);
    passUp(packet);
  });
  front.bind(0, '127.0.0.1');
  await once(front, 'listening');
  return {
    port: front.address().port,
    [Symbol.asyncDispose]: async () => {
      isOpen = false;
      for (const socket of sockets) socket.close();
    },
  };
}

/** One direction of one client. */
function startLane({ delayMs = 0, jitterMs = 0, loss = 0 }: LossPlan, pass: Pass): Pass {
  let count = 0;
  /** How many of the packets so far should be dropped. */
  const dropsUpTo = (packets: number): number => Math.max(0, Math.round((packets - handshakePackets) * loss));
  return (packet) => {
    count += 1;
    if (dropsUpTo(count) > dropsUpTo(count - 1)) return;
    const timeMs = delayMs + (count % 2 === 0 ? jitterMs : 0);
    if (timeMs === 0) pass(packet);
    else setTimeout(() => pass(packet), timeMs).unref();
  };
}

/** A packet that comes after the end is lost, and nobody waits for it. */
function ignore(): void {
  // Nothing to do.
}

import { randomBytes } from 'node:crypto';
import Server from 'node-turn';
import { freePort, loopbackAddresses, relayPorts } from './loopback.js';
import { answersStun } from './stun-probe.js';
import type { TurnServer } from './turn-server.js';

/** A TURN server without anything to install. It serves UDP only: its TCP and TLS do not exist. */
export async function startNodeTurn(): Promise<TurnServer> {
  const addresses = loopbackAddresses();
  const port = await freePort();
  const relay = relayPorts();
  const log: string[] = [];
  const server = new Server({
    listeningIps: addresses,
    relayIps: ['127.0.0.1'],
    listeningPort: port,
    minPort: relay.first,
    maxPort: relay.last,
    authMech: 'long-term',
    realm: 'relay.localhost',
    debugLevel: 'INFO',
    log: (message) => log.push(String(message)),
  });
  replaceNonces(server);

  let running = true;
  const stop = async (): Promise<void> => {
    if (!running) return;
    running = false;
    server.stop();
    for (const { timer, sockets } of Object.values(server.allocations)) {
      clearTimeout(timer);
      for (const socket of sockets) socket.close();
    }
  };

  server.start();
  try {
    await Promise.all(addresses.map((host) => answersStun({ transport: 'udp', host, port })));
  } catch (error) {
    await stop();
    throw new Error(`${String(error)} The last lines of node-turn's log:\n${log.slice(-15).join('\n')}`);
  }

  return {
    kind: 'node-turn',
    transports: ['udp'],
    port,
    tlsPort: undefined,
    certificate: undefined,
    log,
    addUser: async (username, password) => server.addUser(username, password),
    removeUser: async (username) => server.removeUser(username),
    stop,
  };
}

/** Its own nonces each start a timer of an hour, which would keep the process alive after `stop()`. */
function replaceNonces({ authentification }: Server): void {
  authentification.generateNonce = () => {
    const nonce = randomBytes(16).toString('hex');
    authentification.nonces[nonce] = { ttl: Date.now() + 3_600_000 };
    return nonce;
  };
}

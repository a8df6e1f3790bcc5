import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import { freePort, loopbackAddresses, relayPorts } from './loopback.js';
import { answersStun } from './stun-probe.js';
import type { TurnServer } from './turn-server.js';

/**
 * A TURN server without anything to install. It serves UDP only. node-turn closes neither its relay sockets nor its
 * timers, hence a thread of its own: ending that leaves nothing behind.
 */
export async function startNodeTurn(): Promise<TurnServer> {
  const addresses = loopbackAddresses();
  const port = await freePort();
  const relay = relayPorts();
  const log: string[] = [];
  const worker = new Worker(new URL('./node-turn-worker.mjs', import.meta.url), {
    // Options that this process was started with, such as a TypeScript loader, are of no use there.
    execArgv: [],
    workerData: {
      listeningIps: addresses,
      relayIps: ['127.0.0.1'],
      listeningPort: port,
      minPort: relay.first,
      maxPort: relay.last,
      realm: 'relay.localhost',
    },
  });
  worker.on('message', (line: string) => log.push(line));
  worker.on('error', (error) => log.push(String(error)));

  let running = true;
  const died = new AbortController();
  worker.once('exit', () => {
    running = false;
    died.abort();
  });
  const stop = async (): Promise<void> => {
    await worker.terminate();
  };

  try {
    await Promise.all(addresses.map((host) => answersStun({ transport: 'udp', host, port }, died.signal)));
  } catch (error) {
    await stop();
    throw new Error(`node-turn did not start. ${String(error)} The last lines of its log:\n${log.slice(-15).join('\n')}`, { cause: error });
  }

  const tell = async (username: string, password?: string): Promise<void> => {
    if (!running) return;
    const { port1, port2 } = new MessageChannel();
    worker.postMessage({ username, password, done: port2 }, [port2]);
    await once(port1, 'message', { signal: died.signal });
    port1.close();
  };

  return {
    kind: 'node-turn',
    transports: ['udp'],
    port,
    tlsPort: undefined,
    certificate: undefined,
    privateKey: undefined,
    log,
    addUser: tell,
    removeUser: (username) => tell(username),
    stop,
  };
}

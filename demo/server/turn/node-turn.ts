import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import { freePort, loopbackAddresses, relayPorts } from './loopback.js';
import { answersStun } from './stun-probe.js';
import type { TurnServer } from './turn-server.js';

/**
 * A TURN server that needs no installation. It supports only UDP. node-turn closes neither its relay sockets nor its
 * timers, so it runs in its own thread: ending the thread closes everything.
 */
export async function startNodeTurn(): Promise<TurnServer> {
  const addresses = loopbackAddresses();
  const port = await freePort();
  const relay = relayPorts();
  const log: string[] = [];
  const worker = new Worker(new URL('./node-turn-worker.mjs', import.meta.url), {
    // The thread does not need the options of this process, such as a TypeScript loader.
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

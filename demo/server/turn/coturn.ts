import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { createCertificate } from './certificate.js';
import { CoturnUsers, realm } from './coturn-users.js';
import { freePort, loopbackAddresses, relayPorts } from './loopback.js';
import { answersStun, type Endpoint } from './stun-probe.js';
import type { TurnServer } from './turn-server.js';

const longestLog = 10_000;

export async function startCoturn(extraArguments: readonly string[] = [], ownPort?: number): Promise<TurnServer> {
  const folder = await mkdtemp(join(tmpdir(), 'stand-in-turn-'));
  const removeFolderAtExit = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeFolderAtExit);
  const cleanUp = async (): Promise<void> => {
    process.off('exit', removeFolderAtExit);
    await rm(folder, { recursive: true, force: true });
  };

  try {
    return await start(folder, extraArguments, ownPort ?? (await freePort()), cleanUp);
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

async function start(folder: string, extraArguments: readonly string[], port: number, cleanUp: () => Promise<void>): Promise<TurnServer> {
  const { certificate, privateKey } = await createCertificate();
  const files = {
    certificate: join(folder, 'certificate.pem'),
    privateKey: join(folder, 'private-key.pem'),
    users: join(folder, 'users.db'),
    pid: join(folder, 'turnserver.pid'),
  };
  await writeFile(files.certificate, certificate);
  await writeFile(files.privateKey, privateKey, { mode: 0o600 });
  const users = new CoturnUsers(files.users);

  const addresses = loopbackAddresses();
  const tlsPort = await freePort();
  const relay = relayPorts();

  // execa ends coturn together with this process, even after SIGINT and SIGTERM.
  const server = execa(
    'turnserver',
    [
      '-n',
      ...addresses.map((address) => `--listening-ip=${address}`),
      '--relay-ip=127.0.0.1',
      `--listening-port=${port}`,
      `--tls-listening-port=${tlsPort}`,
      `--min-port=${relay.first}`,
      `--max-port=${relay.last}`,
      '--lt-cred-mech',
      `--userdb=${files.users}`,
      `--realm=${realm}`,
      '--fingerprint',
      `--cert=${files.certificate}`,
      `--pkey=${files.privateKey}`,
      `--pidfile=${files.pid}`,
      '--allow-loopback-peers',
      '--no-multicast-peers',
      '--no-cli',
      '--no-rfc5780',
      '--log-file=stdout',
      '--verbose',
      ...extraArguments,
    ],
    { all: true, buffer: false, reject: false, stdin: 'ignore', cwd: folder },
  );

  const log: string[] = [];
  const ended = collect(server.iterable({ from: 'all' }), log);

  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await users.idle();
    server.kill();
    await ended;
    await server;
    await cleanUp();
  };

  const endpoints = addresses.flatMap((host): Endpoint[] => [
    { transport: 'udp', host, port },
    { transport: 'tcp', host, port },
    { transport: 'tls', host, port: tlsPort },
  ]);
  const died = new AbortController();
  server.once('exit', () => died.abort());
  try {
    await Promise.all(endpoints.map((endpoint) => answersStun(endpoint, died.signal)));
  } catch (error) {
    server.kill();
    await ended;
    const reason = died.signal.aborted ? 'turnserver ended as it was started.' : String(error);
    throw new Error(`${reason} The last lines of its log:\n${log.slice(-15).join('\n')}`, { cause: error });
  }

  return {
    kind: 'coturn',
    transports: ['udp', 'tcp', 'tls'],
    port,
    tlsPort,
    certificate,
    privateKey,
    log,
    // A stopped server has no users, and its file has been deleted.
    addUser: async (username, password) => stopping ?? users.add(username, password),
    removeUser: async (username) => stopping ?? users.remove(username),
    stop: () => (stopping ??= stop()),
  };
}

async function collect(lines: AsyncIterable<unknown>, log: string[]): Promise<void> {
  for await (const line of lines) {
    log.push(String(line));
    if (log.length > longestLog) log.splice(0, longestLog / 10);
  }
}

import { parentPort, workerData } from 'node:worker_threads';
import Server from 'node-turn';

const server = new Server({
  ...workerData,
  authMech: 'long-term',
  debugLevel: 'INFO',
  log: (message) => parentPort?.postMessage(String(message)),
});

// It reads these two where it never sets them, and so ends every allocation at its first refresh.
server.defaultLifetime = 600;
server.maxAllocateTimeout = 3600;

parentPort?.on('message', ({ username, password, done }) => {
  if (password === undefined) server.removeUser(username);
  else server.addUser(username, password);
  done.postMessage('done');
});

server.start();

import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { PeerServer } from 'peer';
import { freePort } from '../../demo/server/turn/loopback.js';

export interface Signalling {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** PeerJS's own server. */
export const startPeerServer = async (): Promise<Signalling> => {
  const server = await new Promise<Server>((resolve) => {
    PeerServer({ host: '127.0.0.1', port: 0, path: '/' }, (listening) => resolve(listening));
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

/** The signalling server that y-webrtc brings: a program without an export. */
export const startYWebrtcServer = async (): Promise<Signalling> => {
  const port = await freePort();
  const program = fileURLToPath(new URL('../../node_modules/y-webrtc/bin/server.js', import.meta.url));
  const onLoopback = fileURLToPath(new URL('listen-on-loopback.mjs', import.meta.url));
  const server = execa('node', ['--import', onLoopback, program], {
    env: { PORT: String(port) },
    reject: false,
    buffer: false,
    stderr: 'inherit',
  });
  await once(server.stdout, 'data');
  return {
    port,
    stop: async () => {
      server.kill();
      await server;
    },
  };
};

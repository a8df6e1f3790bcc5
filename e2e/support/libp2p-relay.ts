import { circuitRelayServer } from '@libp2p/circuit-relay-v2';
import { identify } from '@libp2p/identify';
import { noise } from '@libp2p/noise';
import { webSockets } from '@libp2p/websockets';
import { yamux } from '@libp2p/yamux';
import { createLibp2p } from 'libp2p';
import pDefer from 'p-defer';

// libp2p calls it, and Node has it only from 22 on: https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Promise/withResolvers#browser_compatibility
if (!('withResolvers' in Promise)) Object.assign(Promise, { withResolvers: pDefer });

export interface Libp2pRelay {
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/** Where libp2p's browsers find each other: a circuit relay, over which they send what a signalling server would carry. */
export const startLibp2pRelay = async (): Promise<Libp2pRelay> => {
  const relay = await createLibp2p({
    addresses: { listen: ['/ip4/127.0.0.1/tcp/0/ws'] },
    transports: [webSockets()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    services: { identify: identify(), relay: circuitRelayServer() },
  });
  return { address: String(relay.getMultiaddrs()[0]), stop: async () => relay.stop() };
};

import { circuitRelayTransport } from '@libp2p/circuit-relay-v2';
import { identify } from '@libp2p/identify';
import { noise } from '@libp2p/noise';
import { webSockets } from '@libp2p/websockets';
import { yamux } from '@libp2p/yamux';
import { createLibp2p } from 'libp2p';
import { relayedWebRTC } from '../libp2p.js';

/** Its own 5 to 10 seconds can be too few on a busy machine, and the test has a limit of its own. */
const patience = 60_000;

const createNode = (listen: string[]) =>
  createLibp2p({
    addresses: { listen },
    transports: [webSockets(), circuitRelayTransport({ reservationCompletionTimeout: patience }), relayedWebRTC],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    services: { identify: identify() },
    connectionManager: { dialTimeout: patience, addressDialTimeout: patience },
    // In browsers it dials no address of a private network, and none without TLS.
    connectionGater: { denyDialMultiaddr: () => false },
  });

window.dialOver = async (relay) => {
  const [near, far] = [await createNode([]), await createNode([`${relay}/p2p-circuit`, '/webrtc'])];
  // Not awaited: where the far end closes the first channel before it is open here, the dial waits for that in vain, its connection made:
  // https://github.com/libp2p/js-libp2p/blob/main/packages/transport-webrtc/src/private-to-private/initiate-connection.ts
  void near.dial(far.getMultiaddrs().filter((address) => String(address).includes('/webrtc/')));
};

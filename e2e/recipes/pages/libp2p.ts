import { circuitRelayTransport } from '@libp2p/circuit-relay-v2';
import { identify } from '@libp2p/identify';
import { noise } from '@libp2p/noise';
import { webSockets } from '@libp2p/websockets';
import { yamux } from '@libp2p/yamux';
import { createLibp2p } from 'libp2p';
import { relayedWebRTC } from '../libp2p.js';

const protocol = '/text/1';
/** Its own 5 to 10 seconds can be too few on a busy machine, and the test has a limit of its own. */
const patience = 60_000;

const createNode = (listen: string[]) =>
  createLibp2p({
    addresses: { listen },
    transports: [webSockets(), circuitRelayTransport({ reservationCompletionTimeout: patience }), relayedWebRTC],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    services: { identify: identify() },
    connectionManager: { dialTimeout: patience, addressDialTimeout: patience, inboundUpgradeTimeout: patience },
    // In browsers it dials no address of a private network, and none without TLS.
    connectionGater: { denyDialMultiaddr: () => false },
  });

window.carryOver = async (text, relay) => {
  const [near, far] = [await createNode([]), await createNode([`${relay}/p2p-circuit`, '/webrtc'])];
  const arrived = new Promise<string>((resolve) => {
    void far.handle(protocol, (stream) =>
      stream.addEventListener('message', ({ data }) => resolve(new TextDecoder().decode(data.subarray()))),
    );
  });
  const stream = await near.dialProtocol(
    far.getMultiaddrs().filter((address) => String(address).includes('/webrtc/')),
    protocol,
  );
  stream.send(new TextEncoder().encode(text));
  return arrived;
};

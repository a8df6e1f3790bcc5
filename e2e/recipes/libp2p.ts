import { webRTC } from '@libp2p/webrtc';
import { loadRTCConfiguration } from 'ice-servers-loader';

/** One of a node's `transports`, next to `circuitRelayTransport()`. */
export const relayedWebRTC = webRTC({
  rtcConfiguration: () => loadRTCConfiguration({ appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123' }),
});

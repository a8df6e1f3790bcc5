import { keepFresh, type IceServersLoader } from 'ice-servers-loader';
import type SimplePeer from 'simple-peer';

/** Call this once the peer has connected. Pass every later signal from the other end to the function that it returns. */
export function keepPeerFresh(loader: IceServersLoader, peer: SimplePeer.Instance): (signal: SimplePeer.SignalData) => void {
  const inner = peer as unknown as { _pc: RTCPeerConnection; negotiate: () => void };
  inner._pc.addEventListener('negotiationneeded', () => inner.negotiate());
  keepFresh(inner._pc, loader);
  return (signal) => {
    // Only the initiator can make an offer. The other end requests one when it needs an ICE restart.
    if (signal.type === 'renegotiate') inner._pc.restartIce();
    else peer.signal(signal);
  };
}

import { keepFresh, type IceServersLoader } from 'ice-servers-loader';
import type SimplePeer from 'simple-peer';

/** Keeps a peer fresh once it has connected; what it gives takes the signals of the other end from then on. */
export function keepPeerFresh(loader: IceServersLoader, peer: SimplePeer.Instance): (signal: SimplePeer.SignalData) => void {
  const inner = peer as unknown as { _pc: RTCPeerConnection; negotiate: () => void };
  inner._pc.addEventListener('negotiationneeded', () => inner.negotiate());
  keepFresh(inner._pc, loader);
  return (signal) => {
    // The other end cannot offer by itself: it asks for an offer, which has to be one that restarts.
    if (signal.type === 'renegotiate') inner._pc.restartIce();
    else peer.signal(signal);
  };
}

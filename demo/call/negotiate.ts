type Signal = { readonly description: RTCSessionDescription } | { readonly candidate: RTCIceCandidate };
type Receive = (signal: Signal) => void;

/** Connects two connections in one page, now and after each ICE restart. */
export function negotiate(near: RTCPeerConnection, far: RTCPeerConnection): void {
  const receiveNear = join(near, { isPolite: true, send: (signal) => receiveFar(signal) });
  const receiveFar = join(far, { isPolite: false, send: receiveNear });
}

/** Perfect negotiation: https://www.w3.org/TR/webrtc/#perfect-negotiation-example. Returns what receives the other end's signals. */
function join(pc: RTCPeerConnection, { isPolite, send }: { readonly isPolite: boolean; readonly send: Receive }): Receive {
  let isMakingOffer = false;

  async function offer(): Promise<void> {
    isMakingOffer = true;
    try {
      await pc.setLocalDescription();
      send({ description: pc.localDescription! });
    } finally {
      isMakingOffer = false;
    }
  }

  async function receive(signal: Signal): Promise<void> {
    if ('candidate' in signal) return pc.addIceCandidate(signal.candidate);
    const isOffer = signal.description.type === 'offer';
    const collides = isOffer && (isMakingOffer || pc.signalingState !== 'stable');
    if (collides && !isPolite) return;
    await pc.setRemoteDescription(signal.description);
    if (!isOffer) return;
    await pc.setLocalDescription();
    send({ description: pc.localDescription! });
  }

  pc.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate) send({ candidate });
  });
  pc.addEventListener('negotiationneeded', () => void offer().catch(ignore));
  return (signal) => void receive(signal).catch(ignore);
}

function ignore(): void {
  // The connection has been closed, or the candidate belongs to an offer that was ignored.
}

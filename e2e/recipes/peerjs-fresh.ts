import { keepFresh, type IceServersLoader } from 'ice-servers-loader';
import type { DataConnection, MediaConnection, Peer } from 'peerjs';

/** Call this at both ends of an open connection. The messages use a data channel, because PeerJS would take a second offer as a new call. */
export function keepPeerFresh(loader: IceServersLoader, peer: Peer, { peerConnection: pc, peer: other }: DataConnection | MediaConnection) {
  const isPolite = peer.id > other;
  const channel = pc.createDataChannel('ice', { negotiated: true, id: 99 });
  const send = (message: object): void => channel.send(JSON.stringify(message));
  let isOffering = false;

  const describe = async (): Promise<void> => {
    await pc.setLocalDescription();
    send({ description: pc.localDescription });
  };
  pc.addEventListener('negotiationneeded', () => {
    isOffering = true;
    void describe().finally(() => (isOffering = false));
  });
  // PeerJS sends candidates through its server, so they could arrive before the offer.
  pc.onicecandidate = null;
  pc.addEventListener('icecandidate', ({ candidate }) => candidate && send({ candidate }));
  channel.onmessage = async ({ data }) => {
    const { description, candidate } = JSON.parse(data);
    // This end may have ignored the offer that the candidate belongs to. The candidate is then invalid here.
    if (candidate) return void pc.addIceCandidate(candidate).catch(() => {});
    const isOffer = description.type === 'offer';
    if (isOffer && !isPolite && (isOffering || pc.signalingState !== 'stable')) return;
    await pc.setRemoteDescription(description);
    if (isOffer) await describe();
  };
  channel.onopen = () => keepFresh(pc, loader);
}

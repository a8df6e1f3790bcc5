import { keepFresh, type IceServersLoader } from 'ice-servers-loader';
import type { DataConnection, MediaConnection, Peer } from 'peerjs';

/** Call it at both ends of an open connection. A channel beside PeerJS's own carries what its server would take for another call. */
export function keepPeerFresh(loader: IceServersLoader, peer: Peer, { peerConnection: pc, peer: other }: DataConnection | MediaConnection) {
  const isPolite = peer.id > other;
  const channel = pc.createDataChannel('ice', { negotiated: true, id: 99 });
  const tell = (message: object): void => channel.send(JSON.stringify(message));
  let isOffering = false;

  const describe = async (): Promise<void> => {
    await pc.setLocalDescription();
    tell({ description: pc.localDescription });
  };
  pc.addEventListener('negotiationneeded', () => {
    isOffering = true;
    void describe().finally(() => (isOffering = false));
  });
  // PeerJS would send them through its server, where they overtake the offer.
  pc.onicecandidate = null;
  pc.addEventListener('icecandidate', ({ candidate }) => candidate && tell({ candidate }));
  channel.onmessage = async ({ data }) => {
    const { description, candidate } = JSON.parse(data);
    // Those of an offer that was passed over fit nothing here.
    if (candidate) return void pc.addIceCandidate(candidate).catch(() => {});
    const isOffer = description.type === 'offer';
    if (isOffer && !isPolite && (isOffering || pc.signalingState !== 'stable')) return;
    await pc.setRemoteDescription(description);
    if (isOffer) await describe();
  };
  channel.onopen = () => keepFresh(pc, loader);
}

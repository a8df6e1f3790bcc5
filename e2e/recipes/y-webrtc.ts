import { loadRTCConfiguration } from 'ice-servers-loader';
import { WebrtcProvider } from 'y-webrtc';
import type { Doc } from 'yjs';

export async function share(doc: Doc, room: string, signaling: string[]): Promise<WebrtcProvider> {
  const config = await loadRTCConfiguration({ appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123' });
  return new WebrtcProvider(room, doc, { signaling, peerOpts: { config } });
}

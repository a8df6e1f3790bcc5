import { loadRTCConfiguration } from 'ice-servers-loader';
import { Peer } from 'peerjs';

export async function createPeer(id: string, host: string, port: number): Promise<Peer> {
  const config = await loadRTCConfiguration({ appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123' });
  return new Peer(id, { host, port, config });
}

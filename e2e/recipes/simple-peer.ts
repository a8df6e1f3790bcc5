import { loadRTCConfiguration } from 'ice-servers-loader';
import SimplePeer from 'simple-peer';

export async function createPeer(initiator: boolean): Promise<SimplePeer.Instance> {
  const config = await loadRTCConfiguration({ appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123' });
  return new SimplePeer({ initiator, config });
}

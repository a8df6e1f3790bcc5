import { createPeer } from '../simple-peer.js';

window.carry = async (text) => {
  const [near, far] = [await createPeer(true), await createPeer(false)];
  near.on('signal', (signal) => far.signal(signal));
  far.on('signal', (signal) => near.signal(signal));
  near.on('connect', () => near.send(text));
  return new Promise((resolve, reject) => {
    far.on('data', (data: Uint8Array) => resolve(new TextDecoder().decode(data)));
    near.on('error', reject);
    far.on('error', reject);
  });
};

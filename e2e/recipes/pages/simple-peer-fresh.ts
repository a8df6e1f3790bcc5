import { createIceServersLoader } from 'ice-servers-loader';
import SimplePeer from 'simple-peer';
import { keepPeerFresh } from '../simple-peer-fresh.js';

const loaderOf = () => createIceServersLoader({ appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123', storage: 'memory' });
/** Each end has its own, as two pages would. */
const loaders = { near: loaderOf(), far: loaderOf() };

window.carry = async (text) => {
  const configs = [await loaders.near.load(), await loaders.far.load()] as const;
  const near = new SimplePeer({ initiator: true, config: configs[0] });
  const far = new SimplePeer({ config: configs[1] });
  let tellNear = (signal: SimplePeer.SignalData): void => near.signal(signal);
  let tellFar = (signal: SimplePeer.SignalData): void => far.signal(signal);
  near.on('signal', (signal) => tellFar(signal));
  far.on('signal', (signal) => tellNear(signal));
  window.offers = 0;
  near.on('signal', ({ type }) => (window.offers += type === 'offer' ? 1 : 0));
  await new Promise<void>((resolve, reject) => {
    for (const peer of [near, far]) {
      peer.on('error', reject);
      peer.on('connect', () => near.connected && far.connected && resolve());
    }
  });
  tellNear = keepPeerFresh(loaders.near, near);
  tellFar = keepPeerFresh(loaders.far, far);
  window.again = (more) =>
    new Promise((resolve) => {
      far.once('data', (data: Uint8Array) => resolve(new TextDecoder().decode(data)));
      near.send(more);
    });
  return window.again(text);
};

window.rotate = (end) => loaders[end].load({ cache: 'reload' });

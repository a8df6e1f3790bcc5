import { createIceServersLoader } from 'ice-servers-loader';
import { Peer, type DataConnection } from 'peerjs';
import { keepPeerFresh } from '../peerjs-fresh.js';

const loaderOf = () =>
  createIceServersLoader({ appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123', storage: 'memory', autoRefresh: true });
/** Each end has its own, as two pages would. */
const loaders = { near: loaderOf(), far: loaderOf() };

const openPeer = async (id: 'near' | 'far', port: number): Promise<Peer> => {
  const config = await loaders[id].load();
  const peer = new Peer(id, { host: '127.0.0.1', port, config });
  loaders[id].addEventListener('refresh', () => Object.assign(config, loaders[id].peek()));
  peer.on('error', (error) => (document.title = `${error.type}: ${error.message}`));
  await new Promise<void>((resolve) => peer.on('open', () => resolve()));
  return peer;
};

const opened = (connection: DataConnection): Promise<void> => new Promise((resolve) => connection.on('open', () => resolve()));

window.carry = async (text, port) => {
  const [near, far] = [await openPeer('near', port), await openPeer('far', port)];
  const incoming = new Promise<DataConnection>((resolve) => far.on('connection', resolve));
  const outgoing = near.connect('far');
  const received = await incoming;
  await Promise.all([opened(outgoing), opened(received)]);
  keepPeerFresh(loaders.near, near, outgoing);
  keepPeerFresh(loaders.far, far, received);
  window.again = (more) =>
    new Promise((resolve) => {
      received.once('data', (data) => resolve(String(data)));
      void outgoing.send(more);
    });
  window.connectAgain = async () => opened(near.connect('far'));
  return window.again(text);
};

window.rotate = (end) => loaders[end].load({ cache: 'reload' });

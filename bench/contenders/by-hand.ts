import { get, set } from 'idb-keyval';
import ky from 'ky';
import type { Load } from './contender.js';

interface Kept {
  readonly iceServers: RTCIceServer[];
  readonly until: number;
}

const load: Load = async (address) => {
  const kept = await get<Kept>('ice-servers');
  if (kept && kept.until > Date.now()) return { iceServers: kept.iceServers };
  const iceServers = await ky(address).json<RTCIceServer[]>();
  await set('ice-servers', { iceServers, until: Date.now() + 3_600_000 });
  return { iceServers };
};

window.load = load;

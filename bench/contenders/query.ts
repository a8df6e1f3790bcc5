import { QueryClient } from '@tanstack/query-core';
import { experimental_createQueryPersister, type PersistedQuery } from '@tanstack/query-persist-client-core';
import { del, get, set } from 'idb-keyval';
import type { Load } from './contender.js';

const staleTime = 3_600_000;
// https://tanstack.com/query/latest/docs/framework/react/plugins/createPersister
const { persisterFn } = experimental_createQueryPersister<PersistedQuery>({
  storage: { getItem: (key) => get<PersistedQuery>(key), setItem: set, removeItem: del },
  serialize: (query) => query,
  deserialize: (query) => query,
  maxAge: staleTime,
});
const client = new QueryClient();

const load: Load = async (address) => {
  const iceServers = await client.fetchQuery<RTCIceServer[]>({
    queryKey: ['ice-servers'],
    queryFn: async () => (await (await fetch(address)).json()) as RTCIceServer[],
    staleTime,
    // Its type is made for the options of a framework.
    persister: persisterFn as never,
  });
  return { iceServers };
};

window.load = load;

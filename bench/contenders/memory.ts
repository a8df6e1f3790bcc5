import { QueryClient } from '@tanstack/query-core';
import { measure } from 'mitata';
import { createIceServersLoader } from '../../dist/index.js';

declare global {
  interface Window {
    measureMemory: (address: string, rounds: number) => Promise<Record<string, number[]>>;
  }
}

/** Microseconds of each way to what memory holds, in turns, so that whatever slows the machine slows them all. */
window.measureMemory = async (address, rounds) => {
  const loader = createIceServersLoader(address);
  const { iceServers } = await loader.load();
  const client = new QueryClient();
  const query = { queryKey: ['ice-servers'], queryFn: async () => iceServers, staleTime: Infinity } as const;
  await client.fetchQuery(query);

  const ways: Record<string, () => unknown> = {
    clone: async () => structuredClone(await Promise.resolve({ iceServers })),
    loader: () => loader.load(),
    peek: () => loader.peek(),
    query: () => client.fetchQuery(query),
  };
  const results: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, way] of Object.entries(ways)) {
      const isAsync = way() instanceof Promise;
      const { p50 } = await measure(isAsync ? async () => void (await way()) : () => void way(), { min_cpu_time: 100e6 });
      (results[name] ??= []).push(p50 / 1000);
    }
  }
  return results;
};

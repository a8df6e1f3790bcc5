import type { ServerResult, ServerStatus, Verdict } from '../connectivity.js';
import type { BlockedWay } from './types.js';
import { hostOf, portOf } from './ways.js';

/** Statuses that a firewall can cause. */
const silentStatuses: ReadonlySet<ServerStatus> = new Set(['dns', 'unreachable', 'timeout', 'no-candidate']);

/**
 * Returns what the owner of the network would have to allow, one for each protocol and host. It is empty if calls work all the same, or if
 * the servers refuse the password: the network is fine then.
 */
export function findBlockedWays(results: readonly ServerResult[], verdict: Verdict | undefined): BlockedWay[] {
  if (verdict === undefined || verdict === 'ok') return [];
  if (results.some(({ kind, status }) => kind !== 'stun' && status === 'unauthorized')) return [];
  const ports = new Map<string, Set<number>>();
  for (const { url, transport } of results.filter(isSilent)) {
    const key = `${transport === 'udp' ? 'UDP' : 'TCP'} ${hostOf(url)}`;
    ports.set(key, (ports.get(key) ?? new Set()).add(portOf(url)));
  }
  return [...ports].map(([key, values]) => {
    const [protocol, host] = key.split(' ') as ['UDP' | 'TCP', string];
    return { protocol, host, ports: [...values].sort((a, b) => a - b) };
  });
}

/** Returns whether a firewall may have caused the result. */
export function isSilent({ status }: ServerResult): boolean {
  return silentStatuses.has(status);
}

/** Returns whether the names of the servers were not found. The ports then prove nothing. */
export function areNamesUnknown(results: readonly ServerResult[]): boolean {
  const silent = results.filter(isSilent);
  return silent.length > 0 && silent.every(({ status }) => status === 'dns');
}

import type { ConnectivityReport, ServerResult } from 'ice-servers-loader/connectivity';
import { serverUrls } from '../server-list.js';

const isSilent = ({ status }: ServerResult): boolean => ['dns', 'unreachable', 'timeout', 'no-candidate'].includes(status);

const listed = (words: readonly string[]): string => words.join(', ').replace(/, ([^,]*)$/, ' and $1');

const hostsOf = (results: readonly ServerResult[]): string =>
  listed([...new Set(results.map(({ url }) => serverUrls([{ urls: url }])[0]!.host))]);

/** "UDP to turn.example on ports 80 and 443", for each transport and host that did not answer. */
function closedWays(results: readonly ServerResult[]): string[] {
  const ways = new Map<string, Set<string>>();
  for (const { url, transport } of results.filter(isSilent)) {
    const [server] = serverUrls([{ urls: url }]);
    const way = `${transport === 'udp' ? 'UDP' : 'TCP'} to ${server!.host}`;
    ways.set(way, (ways.get(way) ?? new Set()).add(server!.port));
  }
  return [...ways].map(([way, ports]) => `${way} on port${ports.size > 1 ? 's' : ''} ${listed([...ports].sort())}`);
}

/** What to ask the owner of the network for, or whoever else can help. */
export function askFor({ verdict, results }: ConnectivityReport): string {
  // One server that is down beside others that do the same is nobody's concern: its row says it.
  if (verdict === 'ok') return 'Nothing: this network lets calls through.';
  if (results.some(({ kind, status }) => kind !== 'stun' && status === 'unauthorized'))
    return 'Ask whoever gave you this page for a new key, or press Refresh to load new access data.';
  const unknown = results.filter(({ status }) => status === 'dns');
  if (unknown.length)
    return `Please let the name service (DNS) of this network answer for ${hostsOf(unknown)}. If other networks do not know this name either, tell your support team.`;
  const ways = closedWays(results);
  return ways.length ? `Please allow outgoing ${ways.join('; ')}.` : 'Send this report to your support team.';
}

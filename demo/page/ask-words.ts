import type { ConnectivityReport, ServerResult } from 'ice-servers-loader/connectivity';
import { serverUrls } from '../server-list.js';

const isSilent = ({ status }: ServerResult): boolean => ['dns', 'unreachable', 'timeout', 'no-candidate'].includes(status);

const listed = (words: readonly string[]): string => words.join(', ').replace(/, ([^,]*)$/, ' and $1');

const serverOf = ({ url }: ServerResult) => serverUrls([{ urls: url }])[0]!;

const hostsOf = (results: readonly ServerResult[]): string => listed([...new Set(results.map((result) => serverOf(result).host))]);

type Key = (result: ServerResult) => string;

/** What the results have in one respect, for each value of another. */
function grouped(results: readonly ServerResult[], by: Key, what: Key): Map<string, string> {
  const groups = new Map<string, Set<string>>();
  for (const result of results) groups.set(by(result), (groups.get(by(result)) ?? new Set()).add(what(result)));
  return new Map([...groups].map(([key, values]) => [key, listed([...values].sort())]));
}

/** "UDP and TCP to turn.example on ports 80 and 443", for each host that did not answer. */
function closedWays(results: readonly ServerResult[]): string[] {
  const silent = results.filter(isSilent);
  const protocolOf: Key = ({ transport }) => (transport === 'udp' ? 'UDP' : 'TCP');
  const wayOf: Key = (result) => `${protocolOf(result)} ${serverOf(result).host}`;
  const ports = grouped(silent, wayOf, (result) => serverOf(result).port);
  const whereOf: Key = (result) =>
    `${serverOf(result).host} on port${ports.get(wayOf(result))!.includes(' ') ? 's' : ''} ${ports.get(wayOf(result))}`;
  return [...grouped(silent, whereOf, protocolOf)].map(([where, protocols]) => `${protocols} to ${where}`);
}

/** What to ask the owner of the network for, or whoever else can help. */
export function askFor({ verdict, results }: ConnectivityReport): string {
  // One server that is down beside others that do the same is nobody's concern: its row says it.
  if (verdict === 'ok') return 'Nothing: this network lets calls through.';
  if (results.some(({ kind, status }) => kind !== 'stun' && status === 'unauthorized'))
    return 'Press “Load new servers”, then “Test again”. If that changes nothing, ask whoever sent you here for a new key.';
  const unknown = results.filter(({ status }) => status === 'dns');
  if (unknown.length)
    return `Please let the name service (DNS) of this network answer for ${hostsOf(unknown)}. If other networks do not know this name either, tell your support team.`;
  const ways = closedWays(results);
  if (!ways.length) return 'Send this report to your support team.';
  const allow = `please allow outgoing ${ways.join('; ')}`;
  return verdict === 'offline'
    ? `Try another network, such as a phone’s. If it works there: ${allow}. If not, the servers are down: tell your support team.`
    : `P${allow.slice(1)}. If that changes nothing, the server is at fault: tell your support team.`;
}

import { areNamesUnknown } from './blocked-ways.js';
import type { Translate } from './strings.js';
import type { IceReport } from './types.js';

/** Returns the message to the owner of the network, ready to paste into a mail. */
export function messageText({ blocked, results, simulated }: Pick<IceReport, 'blocked' | 'results' | 'simulated'>, t: Translate): string {
  const isDns = areNamesUnknown(results);
  const rows = isDns
    ? [...new Set(blocked.map(({ host }) => host))]
    : blocked.map(({ protocol, host, ports }) => `${protocol} ${host} ${ports.join(', ')}`);
  return [...(simulated ? [simulated] : []), t(isDns ? 'message.dns' : 'message.lead'), ...rows.map((row) => `- ${row}`)].join('\n');
}

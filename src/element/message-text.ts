import { areNamesUnknown } from './blocked-ways.js';
import { zonedTime } from './format.js';
import { isWorkingRelay } from './outcome.js';
import type { StringKey, Translate } from './strings.js';
import type { IceReport } from './types.js';

type MessageFacts = Pick<IceReport, 'blocked' | 'results' | 'simulated' | 'page' | 'time'>;

/** Returns the message to the owner of the network, ready to paste into a mail. */
export function messageText(report: MessageFacts, t: Translate, language = ''): string {
  const { simulated, page, time } = report;
  return [
    ...(simulated ? [simulated] : []),
    ...(page ? [t('message.context', { page, time: zonedTime(time, language) })] : []),
    ...requestLines(report, t),
    t('message.then'),
  ].join('\n');
}

/** Returns what the owner of the network has to allow. */
export function requestLines({ blocked, results }: Pick<IceReport, 'blocked' | 'results'>, t: Translate): string[] {
  const rows = areNamesUnknown(results)
    ? new Set(blocked.map(({ host }) => host))
    : blocked.map(({ protocol, host, ports }) => `${protocol} ${host} ${ports.join(', ')}`);
  return [t(messageLead(results)), ...Array.from(rows, (row) => `- ${row}`)];
}

/** Returns the sentence above the list. */
export function messageLead(results: IceReport['results']): StringKey {
  if (areNamesUnknown(results)) return 'message.dns';
  return results.some(isWorkingRelay) ? 'message.lead-some' : 'message.lead';
}

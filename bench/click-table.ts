import { markdownTable } from 'markdown-table';
import { roundTo, type Figures } from './figures.js';

const titles = {
  ordinary: '`new RTCPeerConnection(await load())` after the click',
  pool: 'a connection that was created before the click, with `iceCandidatePoolSize: 1`',
} as const;

/** The time from a click until the first relay candidate: the median, and the middle half of the runs. */
export function clickTable({ click }: Pick<Figures, 'click'>): string {
  const rows = Object.entries(titles).map(([name, title]) => {
    const { median, lowerQuartile, upperQuartile } = click[name]!;
    return [title, `${roundTo(median)} (${roundTo(lowerQuartile)} to ${roundTo(upperQuartile)})`];
  });
  return markdownTable([['', 'first relay candidate after the click, ms'], ...rows], { align: ['l', 'r'] });
}

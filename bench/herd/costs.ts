import { markdownTable } from 'markdown-table';
import { callsOfVisits, hourMs, meanOf, minuteMs, requestsByMinute, type Herd } from './herd.js';
import type { Habits } from './page.js';

const openPages = 20_000;

/** What a day costs the operator, in millions of calls for ten million pages or people. A minted key costs one call of each service. */
export function costsTable(herd: Herd): string {
  const row = (name: string, habits: Pick<Habits, 'maxAgeMs' | 'mintedLifeMs'>, hasMints: boolean): string[] => {
    const open = requestsByMinute({ ...herd, ...habits, pages: openPages, reloadMs: Infinity });
    const visits = [every(10, 3), every(9, 60)].map((times) => callsOfVisits(times, habits, herd.seed));
    const calls = [(meanOf(open) * 1440) / openPages, ...visits].map(millions);
    return [name, ...calls, hasMints ? 'as many' : '0'];
  };
  return markdownTable(
    [
      [
        '`maxAge`',
        'a page open all day, with `autoRefresh` or `keepFresh`',
        'ten page loads within half an hour',
        'a page load every hour, for eight hours',
        'mints',
      ],
      ...[1, 4, 12, 24].map((hours) => row(`${hours} h`, { maxAgeMs: hours * hourMs }, false)),
      ...[1, 4, 12].map((hours) => row(`keys minted for ${hours} h`, { maxAgeMs: hours * hourMs, mintedLifeMs: hours * hourMs }, true)),
      ['a bare `fetch` on each page', '10', '100', '90', '0'],
    ],
    { align: ['l', 'r', 'r', 'r', 'r'] },
  );
}

function millions(calls: number): string {
  return (calls * 10).toFixed(calls < 1 ? 1 : 0);
}

function every(count: number, eachMinutes: number): number[] {
  return Array.from({ length: count }, (_, i) => i * eachMinutes * minuteMs);
}

import type { RegionResult } from '../connectivity.js';
import { milliseconds } from './format.js';
import { isStringKey, type Translate } from './strings.js';

/** "North America", "US West", "UK". */
export function regionName(region: string): string {
  return region
    .split('_')
    .map((word) => (['us', 'usa', 'uk', 'eu'].includes(word) ? word.toUpperCase() : word.slice(0, 1).toUpperCase() + word.slice(1)))
    .join(' ');
}

/** Returns what is said beside the dots of a region. */
export function regionWords(result: RegionResult, t: Translate): string {
  const { rtt, status, relay, tiedWith = [], transport } = result;
  if (rtt === undefined) return failureWords(status, t);
  const over = transport ? ` ${transport.toUpperCase()}` : '';
  const nearest = relay ? t('regions.nearest') : '';
  // Which of several is the nearest cannot be told then.
  const note = tiedWith.length > 0 ? tiedWords(tiedWith, t) : nearest;
  return `${milliseconds(rtt)}${over}${note && `, ${note}`}`;
}

/** A status of the test, or the code of a load that failed. */
function failureWords(status: string, t: Translate): string {
  const key = `status.${status}`;
  return isStringKey(key) ? t(key) : t('report.load-failed', { code: status });
}

const mostNames = 2;

function tiedWords(tiedWith: readonly string[], t: Translate): string {
  if (tiedWith.length > mostNames) return t('regions.tied-many', { count: tiedWith.length });
  return t('regions.tied', { regions: tiedWith.map(regionName).join(', ') });
}

/** Returns the end of a scale that all regions share: 1, 2 or 5 and zeros, above the largest value. */
export function scaleEnd(largest: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(largest, 1)));
  return [1, 2, 5].map((step) => step * power).find((end) => end >= largest) ?? 10 * power;
}

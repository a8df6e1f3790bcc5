import { milliseconds, percent } from './format.js';
import { isWorkingRelay } from './outcome.js';
import type { Translate } from './strings.js';
import type { IceReport } from './types.js';
import { portOf } from './ways.js';

export type Tone = 'good' | 'fair' | 'bad' | 'neutral';

/** One of the three lines under the answer. */
export interface AnswerLine {
  readonly label: string;
  readonly words: string;
  /** The numbers and names behind the line. */
  readonly detail: string;
  readonly tone: Tone;
}

type Findings = Pick<IceReport, 'results' | 'quality' | 'stopped'>;
type LineContent = Omit<AnswerLine, 'label'>;

/** Returns whether calls connect, how well, and whether they do so in a strict network. Nothing is known if nothing was tested. */
export function answerLines(given: Findings | undefined, t: Translate): AnswerLine[] {
  const findings = given?.results.some(({ status }) => status !== 'error') ? given : undefined;
  const unknown: LineContent = { words: t('line.unknown'), detail: '', tone: 'neutral' };
  return [
    { label: t('line.connects'), ...(findings ? connects(findings, t) : unknown) },
    { label: t('line.quality'), ...(findings ? qualityOf(findings, t) : unknown) },
    { label: t('line.strict'), ...(findings ? strictNetworks(findings, t) : unknown) },
  ];
}

function connects({ results, stopped }: Findings, t: Translate): LineContent {
  const working = [...new Set(results.filter(isWorkingRelay).map(({ transport }) => transport))];
  const detail = working.map((name) => name.toUpperCase()).join(', ');
  if (working.includes('udp')) return { words: t('connects.yes'), detail, tone: 'good' };
  if (working.length > 0) return { words: t('connects.slow'), detail, tone: 'fair' };
  if (stopped) return { words: t('line.unknown'), detail, tone: 'neutral' };
  const hasStun = results.some(({ status }) => status === 'ok');
  return { words: t(hasStun ? 'connects.direct' : 'connects.no'), detail, tone: 'bad' };
}

function qualityOf({ quality, results, stopped }: Findings, t: Translate): LineContent {
  if (!quality) {
    const isMissing = !stopped && results.some(isWorkingRelay);
    return { words: t(isMissing ? 'quality.unmeasured' : 'line.unknown'), detail: '', tone: isMissing ? 'fair' : 'neutral' };
  }
  const { grade, rtt, loss, jitter } = quality;
  const tones = { good: 'good', fair: 'fair', poor: 'bad' } as const;
  const values = { delay: milliseconds(rtt.median), loss: percent(loss), jitter: milliseconds(jitter) };
  return { words: t(`quality.${grade}`), detail: t('quality.numbers', values), tone: tones[grade] };
}

function strictNetworks({ results, stopped }: Findings, t: Translate): LineContent {
  const tls = results.filter(({ kind }) => kind === 'turns');
  if (tls.length === 0) return { words: t('strict.none'), detail: '', tone: 'neutral' };
  const working = tls.filter(isWorkingRelay);
  const detail = t('strict.detail', { ports: (working.length > 0 ? working : tls).map(({ url }) => portOf(url)).join(', ') });
  if (working.length > 0) return { words: t('strict.yes'), detail, tone: 'good' };
  if (stopped) return { words: t('line.unknown'), detail, tone: 'neutral' };
  // Where a server answered, the network let TLS through: the fault is elsewhere.
  if (tls.some(({ stage }) => stage !== 'none')) return { words: t('strict.open'), detail, tone: 'neutral' };
  return { words: t('strict.no'), detail, tone: 'fair' };
}

import type { ServerResult } from '../connectivity.js';
import { answerLines, type AnswerLine } from './answer-lines.js';
import { errorCodes, failureCode, localIsoTime, milliseconds, percent } from './format.js';
import { requestLines } from './message-text.js';
import type { Translate } from './strings.js';
import type { IceReport } from './types.js';

/** Returns a report as text, for a message to support. It holds what its JSON holds. */
export function reportText(report: IceReport, t: Translate): string {
  const { simulated, summary, blocked, results, regions, stopped } = report;
  return [
    ...(simulated ? [simulated] : []),
    `${t('report.title')}: ${summary}`,
    ...(stopped ? [t('report.stopped')] : []),
    ...(results.length > 0 ? answerLines(report, t).map(answerLine) : []),
    '',
    ...(blocked.length > 0 ? [...requestLines(report, t), ''] : []),
    ...results.flatMap((result) => resultLines(result, t)),
    ...regions.map((result) => regionLine(result, t)),
    '',
    ...contextLines(report, t),
  ].join('\n');
}

function answerLine({ label, words, detail }: AnswerLine): string {
  return `${label}: ${words}${detail && ` (${detail})`}`;
}

function regionLine({ region, rtt, status, samples, transport }: IceReport['regions'][number], t: Translate): string {
  const name = t('report.region', { region });
  if (rtt === undefined) return `${name}: ${status}`;
  const over = transport ? ` ${transport.toUpperCase()}` : '';
  return `${name}: ${milliseconds(rtt)}${over} (${samples.map(milliseconds).join(', ')})`;
}

function resultLines({ url, status, stage, elapsed, relay, errors }: ServerResult, t: Translate): string[] {
  const facts = [
    t(`stage.${stage}`),
    milliseconds(elapsed),
    ...(relay ? [`${t('way.delay')} ${milliseconds(relay.rtt.median)}`, `${t('way.loss')} ${percent(relay.loss)}`] : []),
    ...(errors.length > 0 ? [t('report.codes', { codes: errorCodes(errors) })] : []),
  ];
  return [`- ${url}: ${t(`status.${status}`)} (${facts.join('; ')})`];
}

function contextLines(report: IceReport, t: Translate): string[] {
  const { verdict, stopped, quality, load, webrtc, app, region, browser, system, userAgent, connection, page, version, time } = report;
  return [
    ...(verdict && !stopped ? [`${t('report.verdict')}: ${verdict}`] : []),
    ...(quality ? [`${t('report.quality')}: ${quality.grade}, ${t('strip.found', { packets: quality.packets, url: quality.url })}`] : []),
    `${t('report.load')}: ${describeLoad(load, t)}`,
    `${t('environment.app')}: ${app}${region ? `, ${t('environment.region')}: ${region}` : ''}`,
    `${t('environment.browser')}: ${browser || t('environment.unknown')}, ${system || t('environment.unknown')} (${userAgent})`,
    `${t('environment.connection')}: ${connection ?? t('environment.unknown')}`,
    `${t('report.webrtc')}: ${webrtc}`,
    `${t('report.page')}: ${page}`,
    `ice-servers-loader ${version}, ${time} ${report.timeZone}`,
  ];
}

function describeLoad(load: IceReport['load'], t: Translate): string {
  const { source, elapsed, fetchedAt, expiresAt } = load;
  const code = failureCode(load);
  const failure = code && t('report.load-failed', { code });
  if (!source) return failure;
  const loaded = t('report.loaded', { source, elapsed: milliseconds(elapsed) });
  const valid = fetchedAt === undefined ? '' : t('report.valid', { fetched: isoTime(fetchedAt), expires: isoTime(expiresAt) });
  return [loaded, valid, failure].filter(Boolean).join('; ');
}

/** An endless life, and a moment that no calendar has, have no time. */
function isoTime(epochMs: number | undefined): string {
  return typeof epochMs === 'number' && Math.abs(epochMs) < 8.64e15 ? localIsoTime(new Date(epochMs)) : '–';
}

import type { ServerResult } from '../connectivity.js';
import { answerLines } from './answer-lines.js';
import { milliseconds, percent } from './format.js';
import type { Translate } from './strings.js';
import type { IceReport } from './types.js';

/** Returns a report as text, for a message to support. It holds what its JSON holds. */
export function reportText(report: IceReport, t: Translate): string {
  const { simulated, summary, blocked, results, regions } = report;
  return [
    ...(simulated ? [simulated] : []),
    `${t('report.title')}: ${summary}`,
    ...answerLines(report, t).map(({ label, words, detail }) => `${label}: ${words}${detail && ` (${detail})`}`),
    '',
    ...(blocked.length > 0 ? [t('message.lead'), ...blocked.map(blockedLine), ''] : []),
    ...results.flatMap((result) => resultLines(result, t)),
    ...regions.map(({ region, rtt, status }) => `${region}: ${rtt === undefined ? status : milliseconds(rtt)}`),
    '',
    ...contextLines(report, t),
  ].join('\n');
}

function blockedLine({ protocol, host, ports }: IceReport['blocked'][number]): string {
  return `- ${protocol} ${host} ${ports.join(', ')}`;
}

function resultLines({ url, status, stage, elapsed, relay, errors }: ServerResult, t: Translate): string[] {
  const facts = [
    t(`stage.${stage}`),
    milliseconds(elapsed),
    ...(relay ? [`${t('way.delay')} ${milliseconds(relay.rtt.median)}`, `${t('way.loss')} ${percent(relay.loss)}`] : []),
    ...(errors.length > 0 ? [t('report.codes', { codes: errors.map(({ code }) => code).join(' ') })] : []),
  ];
  return [`- ${url}: ${t(`status.${status}`)} (${facts.join('; ')})`];
}

function contextLines(report: IceReport, t: Translate): string[] {
  const { verdict, quality, load, app, region, browser, system, userAgent, connection, page, version, time } = report;
  return [
    ...(verdict ? [`${t('report.verdict')}: ${verdict}`] : []),
    ...(quality ? [`${t('report.quality')}: ${quality.grade}, ${quality.packets}, ${quality.url}`] : []),
    `${t('report.load')}: ${describeLoad(load, t)}`,
    `${t('environment.app')}: ${app}${region ? `, ${t('environment.region')}: ${region}` : ''}`,
    `${t('environment.browser')}: ${browser || t('environment.unknown')}, ${system || t('environment.unknown')} (${userAgent})`,
    `${t('environment.connection')}: ${connection ?? t('environment.unknown')}`,
    `${t('report.page')}: ${page}`,
    `ice-servers-loader ${version}, ${time} ${report.timeZone}`,
  ];
}

function describeLoad({ source, elapsed, error, status }: IceReport['load'], t: Translate): string {
  const code = `${error ?? ''}${status ? `, HTTP ${status}` : ''}`;
  const failure = code && t('report.load-failed', { code });
  if (!source) return failure;
  return t('report.loaded', { source, elapsed: milliseconds(elapsed) }) + (failure && `; ${failure}`);
}

import { findBlockedWays } from './blocked-ways.js';
import { localIsoTime, timeZone, withoutSecrets } from './format.js';
import { outcomeOf } from './outcome.js';
import { markOf } from './simulated-mark.js';
import type { Translate } from './strings.js';
import type { RunFindings } from './test-run.js';
import type { IceEnvironment, IceReport } from './types.js';

export interface ReportContext {
  readonly startedAt: Date;
  readonly environment: IceEnvironment;
  readonly app: string;
  readonly region: string;
  /** What the page simulates, in its words; empty if nothing. */
  readonly simulated: string;
  readonly regions: IceReport['regions'];
  readonly isOnline: boolean;
}

export function buildReport(findings: RunFindings, context: ReportContext, t: Translate): IceReport {
  const { environment, simulated } = context;
  const { outcome, answer, why } = outcomeOf(findings, context.isOnline);
  const region = withoutSecrets(context.region);
  return {
    format: 1,
    time: localIsoTime(context.startedAt),
    timeZone: timeZone(),
    ...environment,
    app: withoutSecrets(context.app),
    ...(region && { region }),
    ...(simulated && { simulated: markOf(simulated) }),
    outcome,
    summary: `${t(answer)}. ${t(why)}`,
    ...findings,
    blocked: findings.stopped ? [] : findBlockedWays(findings.results, findings.verdict),
    regions: context.regions,
  };
}

/** Returns whether another test needs new servers, because none were loaded or a credential was refused. */
export function needsNewServers(report: IceReport | undefined): boolean {
  if (!report || report.stopped) return false;
  return report.load.error !== undefined || report.results.some(({ status }) => status === 'unauthorized');
}

/** @throws `TypeError` for what is no report */
export function checkedReport(report: IceReport | null | undefined): IceReport | undefined {
  if (report === undefined || report === null) return undefined;
  const { format, time, load, results, blocked, regions } = Object(report) as Partial<IceReport>;
  const hasLists = [results, blocked, regions].every((list) => Array.isArray(list));
  if (format !== 1 || typeof time !== 'string' || !load || !hasLists)
    throw new TypeError('report must be a report from <ice-connectivity>, or undefined');
  return report;
}

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
}

export function buildReport(findings: RunFindings, context: ReportContext, t: Translate): IceReport {
  const { environment, simulated } = context;
  const region = withoutSecrets(context.region);
  const { blocked, ...answer } = concludeFrom(findings, isOnlineIn(environment), t);
  return {
    format: 1,
    time: localIsoTime(context.startedAt),
    timeZone: timeZone(),
    ...environment,
    app: withoutSecrets(context.app),
    ...(region && { region }),
    ...(simulated && { simulated: markOf(simulated) }),
    ...answer,
    ...findings,
    blocked,
    regions: context.regions,
  };
}

/** Returns whether another test needs new servers, because none were loaded or a credential was refused. */
export function needsNewServers(report: IceReport | undefined): boolean {
  if (!report || report.stopped) return false;
  return report.load.error !== undefined || report.results.some(({ status }) => status === 'unauthorized');
}

/** The start of a time in ISO 8601, as far as it is shown. */
const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

/**
 * Returns a report from elsewhere, such as from a link. Its outcome, summary and message are derived again from its results, so that they
 * cannot contradict them.
 *
 * @param show throws if the report cannot be shown
 * @throws `TypeError` for what is no report
 */
export function checkedReport(report: IceReport, t: Translate, show: (report: IceReport) => void): IceReport {
  try {
    const checked = { ...report, ...concludeFrom(report, isOnlineIn(report), t) };
    if (checked.format === 1 && timePattern.test(checked.time) && !Number.isNaN(Date.parse(checked.time))) {
      show(checked);
      return checked;
    }
  } catch {
    // The error below covers this too.
  }
  throw new TypeError('report must be a report from <ice-connectivity>, or undefined');
}

/** Returns whether the device was online. The report of one that was offline says so. */
export function isOnlineIn({ connection }: Pick<IceReport, 'connection'>): boolean {
  return connection !== 'offline';
}

function concludeFrom(findings: RunFindings, isOnline: boolean, t: Translate): Pick<IceReport, 'outcome' | 'summary' | 'blocked'> {
  const { stopped, results, verdict } = findings;
  const { outcome, answer, why } = outcomeOf(findings, isOnline);
  return { outcome, summary: `${t(answer)}. ${t(why)}`, blocked: stopped ? [] : findBlockedWays(results, verdict) };
}

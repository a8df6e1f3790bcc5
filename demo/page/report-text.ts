import { withoutSecrets } from './page-address.js';
import { adviceOf, milliseconds, protocolOf, purposeOf, statusWords } from './url-words.js';
import { isLeftOut, type State } from './state.js';
import { verdictWords } from './verdict-words.js';

/** The report for a mail or a ticket. */
export function reportText(state: State): string {
  const { headline, meaning, ask } = verdictWords(state);
  const rows = state.servers.map((server) => {
    const result = state.results.get(server.url);
    const { relay, errors = [] } = result ?? {};
    return [
      `- ${purposeOf(server).title}, port ${server.port}: ${isLeftOut(state, server) ? 'Left out' : result ? statusWords[result.status] : 'Not tested'}`,
      `  ${protocolOf(server)}: ${server.url}`,
      relay &&
        `  Round trip ${milliseconds(relay.rtt.median)}, jitter ${milliseconds(relay.jitter)}, loss ${Math.round(relay.loss * 100)} %`,
      errors.length > 0 && `  Error codes: ${errors.map(({ code }) => code).join(', ')}`,
      result && result.status !== 'ok' && `  ${adviceOf(result, state.report?.verdict)}`,
    ];
  });
  return [
    `Connectivity, ${state.testedAt?.toISOString() ?? ''}`,
    `App ${withoutSecrets(state.form.app)}${state.form.region && `, region ${state.form.region}`}`,
    '',
    headline,
    '',
    `For a call: ${meaning}`,
    `To do: ${ask}`,
    ...(state.problem ? [`The servers: ${state.problem.short}`] : []),
    '',
    ...rows.flat().filter((line) => typeof line === 'string'),
    ...state.regions.results.map(({ region, rtt }) => `Region ${region}: ${rtt === undefined ? 'no answer' : milliseconds(rtt)}`),
    '',
    navigator.userAgent,
  ].join('\n');
}

/** The same for a program. */
export function reportJson({ form, report, problem, testedAt, status, regions }: State): string {
  const load = status && { source: status.source, fetchedAt: status.fetchedAt, expiresAt: status.expiresAt, storage: status.storage };
  return JSON.stringify(
    {
      testedAt,
      app: withoutSecrets(form.app),
      region: form.region || undefined,
      browser: navigator.userAgent,
      load,
      problem,
      report,
      regions: regions.results,
    },
    null,
    2,
  );
}

import { html, nothing, type TemplateResult } from 'lit/html.js';
import { codeSamples } from '../code-samples.js';
import type { LogEntry, TabName } from '../developer-state.js';
import { changesSince, runBefore, type EarlierRun } from '../earlier-runs.js';
import { failureCode, milliseconds, readableTime } from '../format.js';
import { reportText } from '../report-text.js';
import type { Translate } from '../strings.js';
import type { IceReport } from '../types.js';
import type { WayState } from '../ways.js';
import { buttonView, saidView } from './button-view.js';
import type { ViewContext } from './view-context.js';

const panels: Readonly<Record<TabName, (context: ViewContext) => TemplateResult>> = {
  configuration: configurationPanel,
  code: codePanel,
  report: reportPanel,
  log: logPanel,
  earlier: earlierPanel,
};

/** What the selected tab holds. */
export function panelView(context: ViewContext): TemplateResult {
  return panels[context.state.developer.tab](context);
}

function configurationPanel({ state, t }: ViewContext): TemplateResult {
  const { configuration } = state.developer;
  if (!configuration) return html`<p class="muted">${t('configuration.none')}</p>`;
  return html`<p class="muted">${t('configuration.lead')}</p>
    <pre dir="ltr">${configuration}</pre>`;
}

function codePanel(context: ViewContext): TemplateResult {
  const { state, source, t, actions } = context;
  return html`${codeSamples(source, state.simulated).map(
    ({ title, code }) => html`
      <h4>${t(title)}</h4>
      <pre dir="ltr">${code}</pre>
      <div class="buttons">${buttonView({ words: t('button.copy'), onPress: () => actions.copy(code, title) })}</div>
      ${saidView(context, title)}
    `,
  )}`;
}

function reportPanel(context: ViewContext): TemplateResult {
  const { state, t, actions } = context;
  const { report } = state;
  if (!report) return html`<p class="muted">${t('report.none')}</p>`;
  const json = JSON.stringify(report, null, 2);
  // A data URL needs no script and no permission, and leaves nothing behind.
  const address = `data:application/json;charset=utf-8,${encodeURIComponent(json)}`;
  return html`
    <div class="buttons">
      ${buttonView({ words: t('report.text'), onPress: () => actions.copy(reportText(report, t), 'report') })}
      ${buttonView({ words: t('report.json'), onPress: () => actions.copy(json, 'report') })}
      <a class="button" download=${fileName(report)} href=${address}>${t('report.download')}</a>
      ${buttonView({ words: t('report.print'), onPress: () => globalThis.print() })}
    </div>
    ${saidView(context, 'report')}
    <pre dir="ltr" tabindex="0">${json}</pre>
  `;
}

/** Names a file after the time of the test. Windows forbids colons in names. */
function fileName({ time }: IceReport): string {
  return `connectivity-${time.slice(0, 19).replaceAll(':', '-')}.json`;
}

function logPanel(context: ViewContext): TemplateResult {
  const { state, t, actions } = context;
  return html`
    <p class="muted">${t('log.lead')}</p>
    <div class="buttons">
      ${buttonView({ words: t('log.load'), onPress: actions.load })}
      ${buttonView({ words: t('log.new-page'), onPress: actions.loadAsNewPage })}
      ${buttonView({ words: t('log.reload'), onPress: actions.reload })}
      ${buttonView({ words: t('log.delete'), onPress: actions.deleteStored })}
    </div>
    ${saidView(context, 'log')}
    <table>
      <thead>
        <tr>
          <th scope="col">${t('log.time')}</th>
          <th scope="col">${t('log.source')}</th>
          <th scope="col">${t('log.took')}</th>
          <th scope="col">${t('log.servers')}</th>
        </tr>
      </thead>
      <tbody>
        ${state.developer.log.map((entry) => logRow(entry, state.language, t))}
      </tbody>
    </table>
  `;
}

function logRow(entry: LogEntry, language: string, t: Translate): TemplateResult {
  const { at, source, elapsed, urlCount } = entry;
  const words = [source ? t(`source.${source}`) : '', failureCode(entry)].filter(Boolean).join('; ');
  return html`<tr>
    <td>${new Date(at).toLocaleTimeString(language || undefined)}</td>
    <td>${words}</td>
    <td>${milliseconds(elapsed)}</td>
    <td>${urlCount}</td>
  </tr>`;
}

function earlierPanel({ state, t }: ViewContext): TemplateResult {
  const { earlier } = state.developer;
  if (earlier.length === 0) return html`<p class="muted">${t('earlier.none')}</p>`;
  return html`<ol class="earlier" role="list">
    ${earlier.map((run, index) => earlierRun(run, runBefore(run, earlier.slice(index + 1)), state.language, t))}
  </ol>`;
}

function earlierRun(run: EarlierRun, before: EarlierRun | undefined, language: string, t: Translate): TemplateResult {
  const word = (state: WayState): string => t(`state.${state}`);
  const changes = before
    ? changesSince(before, run).map(({ way, before: old, after }) =>
        t('earlier.changed', { name: t(`way.${way}`), before: word(old), after: word(after) }),
      )
    : [];
  const unchanged = before?.summary === run.summary ? t('earlier.same') : t('earlier.answer');
  const delay = run.delay === undefined ? '' : milliseconds(run.delay);
  return html`<li>
    <strong>${readableTime(run.time, language)}</strong>
    <span class="muted">${[run.app, run.region, run.simulated, delay].filter(Boolean).join(', ')}</span>
    <p>${run.summary}</p>
    ${before ? html`<p class="muted">${changes.join('; ') || unchanged}</p>` : nothing}
  </li>`;
}

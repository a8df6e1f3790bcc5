import { html, nothing, type TemplateResult } from 'lit/html.js';
import { factsView, type Fact } from './facts-view.js';
import type { ViewContext } from './view-context.js';

/** The device and the test, as support will ask for them. */
export function environmentView({ state, t }: ViewContext): TemplateResult | typeof nothing {
  const { report } = state;
  if (!report) return nothing;
  const { browser, system, connection, app, region, version } = report;
  const facts: Fact[] = [
    ['environment.browser', browser || t('environment.unknown')],
    ['environment.system', system || t('environment.unknown')],
    ['environment.connection', connection],
    ['environment.version', `ice-servers-loader ${version}`],
    ['environment.app', app],
    ['environment.region', region],
  ];
  return html`
    <section class="card environment" aria-labelledby="environment">
      <h3 id="environment">${t(state.isShared ? 'environment.title-shared' : 'environment.title')}</h3>
      ${factsView(facts, t)}
    </section>
  `;
}

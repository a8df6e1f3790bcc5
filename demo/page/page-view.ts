import { html, nothing, type TemplateResult } from 'lit';
import { headerView } from './header-view.js';
import type { PageActions, PageState } from './page-state.js';
import { canLink } from './result-link.js';
import { settingsView } from './settings-view.js';
import { barView, troublesView } from './troubles-view.js';

/** Renders the page around the element. A shared result comes before the form. */
export function pageView(state: PageState, actions: PageActions, element: HTMLElement): TemplateResult {
  const { config, mode, isReady, hasReport, notice } = state;
  const isShown = isReady || hasReport;
  return html`
    ${headerView(state)}
    <main class="container ${mode}">
      ${barView(state, actions)} ${notice ? html`<p class="card notice" role="alert">${notice}</p>` : nothing}
      <div class="tools">${troublesView(state, actions)} ${isReady || !isShown ? settingsView(state, actions) : nothing}</div>
      ${isShown ? element : nothing} ${!isReady && isShown ? settingsView(state, actions) : nothing}
      <footer>${config.notes.map((note) => html`<p class="muted">${note}</p>`)}</footer>
    </main>
  `;
}

/** Renders what the page adds below the result. Its space is reserved from the start of a run. */
export function resultView(
  { isBusy, hasReport, host, remark, said }: PageState,
  { copyLink }: PageActions,
): TemplateResult | typeof nothing {
  if (!isBusy && !hasReport) return nothing;
  return html`
    <div slot="result" class="result">
      ${host ? html`<p class="muted">${host}</p>` : nothing}
      ${
        canLink
          ? html`<button type="button" aria-disabled=${isBusy} @click=${() => !isBusy && copyLink()}>Copy link to this result</button>`
          : nothing
      }
      <p class="muted said" role="status">${said}</p>
      ${remark ? html`<p class="notice">${remark}</p>` : nothing}
    </div>
  `;
}

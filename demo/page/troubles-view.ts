import { html, nothing, type TemplateResult } from 'lit';
import type { PageActions, PageState } from './page-state.js';

/** Says that the page simulates a problem, for as long as it does. */
export function barView({ trouble }: PageState, { simulate }: PageActions): TemplateResult | typeof nothing {
  if (!trouble) return nothing;
  return html`
    <div class="bar" role="status">
      <span>Simulating: <strong>${trouble.title}</strong></span>
      <button type="button" aria-label="Stop simulating" @click=${() => simulate(undefined)}>×</button>
    </div>
  `;
}

/** The problems that the stand-in can simulate, if it is behind the page. */
export function troublesView({ config, trouble, isBusy }: PageState, { simulate }: PageActions): TemplateResult | typeof nothing {
  if (!config.scenarios) return nothing;
  return html`
    <details class="card troubles">
      <summary>Simulate a problem</summary>
      <p class="muted">This page runs on a local stand-in for the service, which can fail in these ways.</p>
      <div class="chips">
        ${[undefined, ...config.scenarios].map(
          (choice) =>
            html`<button
              type="button"
              aria-disabled=${isBusy}
              aria-pressed=${choice?.endpoint === trouble?.endpoint}
              @click=${() => !isBusy && simulate(choice)}
            >
              ${choice?.title ?? 'No problem'}
            </button>`,
        )}
      </div>
    </details>
  `;
}

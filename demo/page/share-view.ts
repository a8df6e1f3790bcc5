import { html, type TemplateResult } from 'lit';
import type { Actions, State } from './state.js';

/** The report for somebody else. */
export function shareView({ report, said, config }: State, actions: Actions): TemplateResult {
  return html`
    <section class="card share" aria-labelledby="share">
      <h2 id="share">Send it to support</h2>
      <p class="muted">
        The report has the servers’ addresses and what was measured. It has no key, no password and no address of this device.
      </p>
      <div class="actions">
        <button type="button" class="secondary" ?disabled=${!report} @click=${actions.copyText}>Copy as text</button>
        <button type="button" class="secondary outline" ?disabled=${!report} @click=${actions.download}>Download JSON</button>
        <button type="button" class="secondary outline" ?disabled=${!report} @click=${() => window.print()}>Print</button>
        <button type="button" class="secondary outline" ?hidden=${config.mode === 'stand-in'} @click=${actions.copyLink}>
          Copy link to this page
        </button>
      </div>
      <p role="status" class="said">${said}</p>
    </section>
  `;
}

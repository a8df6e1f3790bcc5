import { html, nothing, type TemplateResult } from 'lit';
import { buttonView } from './button-view.js';
import type { Actions, State } from './state.js';

/** The report for somebody else. */
export function shareView({ report, problem, said, config }: State, actions: Actions): TemplateResult {
  const isOut = !report && !problem;
  return html`
    <section class="card share" aria-labelledby="share">
      <h2 id="share">Send it to support</h2>
      <p class="muted">
        The report has the servers’ addresses and what was measured. It has no key, no password and no address of this device.
      </p>
      <div class="actions">
        ${buttonView({ words: 'Copy as text', look: 'secondary', isOut, act: actions.copyText })}
        ${buttonView({ words: 'Download JSON', look: 'secondary outline', isOut, act: actions.download })}
        ${buttonView({ words: 'Print', look: 'secondary outline', isOut, act: () => window.print() })}
        ${
          config.mode === 'stand-in'
            ? nothing
            : buttonView({ words: 'Copy link to this page', look: 'secondary outline', act: actions.copyLink })
        }
      </div>
      <p role="status" class="said">${said.share}</p>
    </section>
  `;
}

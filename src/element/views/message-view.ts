import { html, nothing, type TemplateResult } from 'lit/html.js';
import { areNamesUnknown } from '../blocked-ways.js';
import { messageLead, messageText } from '../message-text.js';
import type { BlockedWay } from '../types.js';
import { buttonView, saidView } from './button-view.js';
import type { ViewContext } from './view-context.js';

/** What the owner of the network has to allow, if something is blocked. */
export function messageView(context: ViewContext): TemplateResult | typeof nothing {
  const { state, t, actions } = context;
  const { report } = state;
  if (!report || report.blocked.length === 0) return nothing;
  const { blocked, results } = report;
  const isDns = areNamesUnknown(results);
  return html`
    <section class="card message" part="message" aria-labelledby="message">
      <h3 id="message">${t('message.title')}</h3>
      <p class="muted">${t('message.forward')}</p>
      <p>${t(messageLead(results))}</p>
      <table>
        <thead>
          <tr>
            ${isDns ? nothing : html`<th scope="col">${t('message.protocol')}</th>`}
            <th scope="col">${t('message.host')}</th>
            ${isDns ? nothing : html`<th scope="col">${t('message.ports')}</th>`}
          </tr>
        </thead>
        <tbody>
          ${
            isDns
              ? hostsOf(blocked).map(
                  (host) =>
                    html`<tr>
                      <td>${hostView(host)}</td>
                    </tr>`,
                )
              : blocked.map(rowView)
          }
        </tbody>
      </table>
      <p class="muted">${t('message.then')}</p>
      <div class="buttons">
        ${buttonView({ words: t('button.copy'), onPress: () => actions.copy(messageText(report, t, state.language), 'message') })}
      </div>
      ${saidView(context, 'message')}
    </section>
  `;
}

function rowView({ protocol, host, ports }: BlockedWay): TemplateResult {
  return html`<tr>
    <td>${protocol}</td>
    <td>${hostView(host)}</td>
    <td>${ports.join(', ')}</td>
  </tr>`;
}

/** A long name breaks at its dots. */
function hostView(host: string): TemplateResult {
  return html`<bdi>${host.split('.').map((label, index) => (index > 0 ? html`<wbr />.${label}` : label))}</bdi>`;
}

function hostsOf(blocked: readonly BlockedWay[]): string[] {
  return [...new Set(blocked.map(({ host }) => host))];
}

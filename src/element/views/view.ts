import { html, nothing, type TemplateResult } from 'lit/html.js';
import { reportText } from '../report-text.js';
import { answerView } from './answer-view.js';
import { environmentView } from './environment-view.js';
import { messageView } from './message-view.js';
import type { ViewContext } from './view-context.js';
import { waysView } from './ways-view.js';

/** The whole element. On paper it is the text of the report. */
export function view(context: ViewContext): TemplateResult {
  const { report } = context.state;
  return html`
    <div class="screen" data-phase=${context.state.phase}>
      ${answerView(context)} ${messageView(context)} ${waysView(context)} ${environmentView(context)}
    </div>
    ${report ? html`<pre class="paper">${reportText(report, context.t)}</pre>` : nothing}
  `;
}

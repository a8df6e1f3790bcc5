import { html, nothing, type TemplateResult } from 'lit/html.js';
import { regionName, scaleEnd } from '../region-words.js';
import { reportText } from '../report-text.js';
import { isRunning } from '../state.js';
import type { IceReport } from '../types.js';
import { answerView } from './answer-view.js';
import { environmentView } from './environment-view.js';
import { messageView } from './message-view.js';
import { dotsView, regionsView } from './regions-view.js';
import { stripView } from './strip-view.js';
import { tabsView } from './tabs-view.js';
import type { ViewContext } from './view-context.js';
import { waysView } from './ways-view.js';

/** The whole element. On paper it is the text of the report. */
export function view(context: ViewContext): TemplateResult {
  const { report, phase, mode, isShared } = context.state;
  const isDeveloper = mode === 'developer';
  return html`
    <div class="screen" data-phase=${phase} data-mode=${mode} ?data-busy=${isRunning(context.state)}>
      <div>
        ${answerView(context)} ${isDeveloper && !isShared ? stripView(context) : nothing} ${messageView(context)} ${waysView(context)}
        ${environmentView(context)}
      </div>
      ${isDeveloper ? html`<div class="tools">${regionsView(context)} ${tabsView(context)}</div>` : nothing}
    </div>
    ${
      report
        ? html`<div class="paper">
            <pre>${reportText(report, context.t)}</pre>
            ${regionsOnPaper(report)}
          </div>`
        : nothing
    }
  `;
}

/** The times of the regions as dots, which text cannot show. */
function regionsOnPaper({ regions }: IceReport): TemplateResult {
  const end = scaleEnd(Math.max(0, ...regions.flatMap(({ samples }) => samples)));
  return html`${regions.map(
    ({ region, samples }) =>
      html`<p>${regionName(region)}</p>
        ${dotsView(samples, end)}`,
  )}`;
}

import { html, type TemplateResult } from 'lit/html.js';
import { tabNames, type TabName } from '../developer-state.js';
import { panelView } from './panel-views.js';
import type { ViewContext } from './view-context.js';

/** The tabs of developer mode, as https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ describes them. */
export function tabsView(context: ViewContext): TemplateResult {
  const { t, state } = context;
  const { tab } = state.developer;
  return html`
    <section class="card tabs" aria-label=${t('tabs.title')}>
      <div role="tablist" aria-label=${t('tabs.title')} @keydown=${(event: KeyboardEvent) => moveFocus(event, context)}>
        ${tabNames.map((name) => tabView(name, context))}
      </div>
      <div role="tabpanel" id="panel" aria-labelledby="tab-${tab}" tabindex="0">${panelView(context)}</div>
    </section>
  `;
}

function tabView(name: TabName, { t, state, actions }: ViewContext): TemplateResult {
  const isSelected = name === state.developer.tab;
  return html`<button
    type="button"
    role="tab"
    id="tab-${name}"
    aria-selected=${isSelected ? 'true' : 'false'}
    aria-controls="panel"
    tabindex=${isSelected ? 0 : -1}
    @click=${() => actions.selectTab(name)}
  >
    ${t(`tab.${name}`)}
  </button>`;
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

function moveFocus(event: KeyboardEvent, { state, actions }: ViewContext): void {
  const list = event.currentTarget as HTMLElement;
  const direction = getComputedStyle(list).direction === 'rtl' ? -1 : 1;
  const step = (steps[event.key] ?? 0) * direction;
  if (step === 0) return;
  const next = (tabNames.indexOf(state.developer.tab) + step + tabNames.length) % tabNames.length;
  actions.selectTab(tabNames[next]!);
  list.querySelectorAll('button')[next]!.focus();
}

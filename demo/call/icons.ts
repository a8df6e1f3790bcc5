import { svg, type SVGTemplateResult, html, type TemplateResult } from 'lit';

export type IconName = 'yes' | 'no' | 'open' | 'warn' | 'busy';

const shapes: Readonly<Record<IconName, SVGTemplateResult>> = {
  yes: svg`<circle cx="12" cy="12" r="10" fill="currentColor" /><path d="M7.5 12.5l3 3 6-6.5" class="mark" />`,
  no: svg`<circle cx="12" cy="12" r="10" fill="currentColor" /><path d="M8.5 8.5l7 7M15.5 8.5l-7 7" class="mark" />`,
  warn: svg`<path d="M12 2.5 23 21.5H1Z" fill="currentColor" /><path d="M12 9.5v5M12 17.6v.6" class="mark" />`,
  open: svg`<circle cx="12" cy="12" r="9" class="ring" />`,
  busy: svg`<circle cx="12" cy="12" r="9" class="ring" /><path d="M12 3a9 9 0 0 1 9 9" class="arc" />`,
};

/** An icon next to text that says the same. */
export const icon = (name: IconName): TemplateResult =>
  html`<svg class="icon" data-icon=${name} viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shapes[name]}</svg>`;

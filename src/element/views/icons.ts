import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit/html.js';
import type { Tone } from '../answer-lines.js';
import type { WayState } from '../ways.js';

export type IconName = 'yes' | 'no' | 'open' | 'warn' | 'busy' | 'chevron';

const shapes: Readonly<Record<IconName, SVGTemplateResult>> = {
  yes: svg`<circle cx="12" cy="12" r="11" fill="currentColor" /><path d="M7 12.5l3.3 3.3L17 9" class="mark" />`,
  no: svg`<circle cx="12" cy="12" r="11" fill="currentColor" /><path d="M8 8l8 8M16 8l-8 8" class="mark" />`,
  warn: svg`<path d="M12 2.2 23 21.4H1Z" fill="currentColor" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" /><path d="M12 9v5M12 17.6v.2" class="mark" />`,
  open: svg`<circle cx="12" cy="12" r="9.5" class="ring" />`,
  busy: svg`<circle cx="12" cy="12" r="9.5" class="ring" /><path d="M12 2.5a9.5 9.5 0 0 1 9.5 9.5" class="arc" />`,
  chevron: svg`<path d="M6 9l6 6 6-6" class="arc" />`,
};

/** A picture beside words that say the same. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" data-icon=${name} viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shapes[name]}</svg>`;
}

export const toneIcons: Readonly<Record<Tone, IconName>> = { good: 'yes', fair: 'warn', bad: 'no', neutral: 'open' };

export const wayTones: Readonly<Record<WayState, Tone>> = { works: 'good', partly: 'fair', fails: 'bad', open: 'neutral' };

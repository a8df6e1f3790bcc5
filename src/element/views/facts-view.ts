import { html, type TemplateResult } from 'lit/html.js';
import type { StringKey, Translate } from '../strings.js';

/** A name and a value, which is empty if it is unknown. */
export type Fact = readonly [name: StringKey, value: string | undefined];

/** The facts that are known, as a list. */
export function factsView(facts: readonly Fact[], t: Translate): TemplateResult {
  return html`
    <dl class="facts">
      ${facts
        .filter(([, value]) => value)
        .map(
          ([name, value]) =>
            html`<div>
              <dt>${t(name)}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
    </dl>
  `;
}

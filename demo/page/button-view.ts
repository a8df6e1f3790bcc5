import { html, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';

interface Button {
  readonly words: string;
  readonly act: () => void;
  readonly look: string;
  readonly isOut?: boolean;
  readonly isPressed?: boolean;
}

/** A button that keeps the keyboard's focus while it is out of use: a disabled one would lose it to the top of the page. */
export const buttonView = ({ words, act, look, isOut = false, isPressed }: Button): TemplateResult => html`
  <button
    type="button"
    class=${look}
    aria-disabled=${isOut}
    aria-pressed=${ifDefined(isPressed)}
    @click=${() => {
      if (!isOut) act();
    }}
  >
    ${words}
  </button>
`;

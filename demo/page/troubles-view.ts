import { html, nothing, type TemplateResult } from 'lit';
import { buttonView } from './button-view.js';
import { isBusy, type Actions, type State } from './state.js';

/** What each trouble looks like, where the stand-in can make it. */
export function troublesView(state: State, actions: Actions): TemplateResult | typeof nothing {
  const { config, scenario } = state;
  if (!config.scenarios) return nothing;
  const choices = [undefined, ...config.scenarios];
  return html`
    <section class="card troubles" aria-labelledby="troubles">
      <h2 id="troubles">See what a problem looks like</h2>
      <p class="muted">This page runs on a local stand-in for the service. Press a button to have it fail in that way.</p>
      <div class="chips">
        ${choices.map((choice) =>
          buttonView({
            words: choice?.title ?? 'No problem',
            look: 'secondary outline small',
            isOut: isBusy(state),
            isPressed: choice?.endpoint === scenario?.endpoint,
            act: () => actions.show(choice),
          }),
        )}
      </div>
    </section>
  `;
}

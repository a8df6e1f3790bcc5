import { html, nothing, type TemplateResult } from 'lit';
import { regions } from 'ice-servers-loader';
import { regionName } from './url-words.js';
import { isBusy, type Actions, type State } from './state.js';

/** App name, key and region. Folded away where the demo's server has filled it in. */
export function settingsView(state: State, actions: Actions): TemplateResult {
  const { form, config, opensForm, remembers } = state;
  const submit = (event: Event): void => {
    event.preventDefault();
    actions.test();
  };
  // No field has a name, so that nothing of it can ever end up in this page's address. Edits count while they are typed. The two that
  // take Enter are never disabled: they would lose the focus.
  return html`
    <form id="settings" @submit=${submit} autocomplete="off">
      <details class="card settings" ?open=${opensForm}>
        <summary>App and key</summary>
        <div class="fields">
          <label>
            App name or address
            <input
              required
              @invalid=${unfold}
              spellcheck="false"
              autocapitalize="none"
              ?readonly=${isBusy(state)}
              .value=${form.app}
              @input=${(event: Event) => actions.edit({ app: valueOf(event) })}
              @blur=${actions.tidy}
            />
          </label>
          <label>
            API key
            <input
              type="password"
              required
              @invalid=${unfold}
              autocomplete="off"
              ?readonly=${isBusy(state)}
              .value=${form.apiKey}
              @input=${(event: Event) => actions.edit({ apiKey: valueOf(event) })}
            />
          </label>
          <label>
            Region
            <select ?disabled=${isBusy(state)} @change=${(event: Event) => actions.edit({ region: valueOf(event) })}>
              <option value="">default</option>
              ${regions.map((region) => html`<option value=${region} ?selected=${region === form.region}>${regionName(region)}</option>`)}
            </select>
          </label>
        </div>
        ${
          config.mode === 'static'
            ? html`<label class="check">
                <input
                  type="checkbox"
                  .checked=${remembers}
                  @change=${(event: Event) => actions.remember((event.target as HTMLInputElement).checked)}
                />
                Keep the key on this device. Anybody who uses this browser can then read it.
              </label>`
            : nothing
        }
      </details>
    </form>
  `;
}

/** The browser points at what is missing, and cannot where it is folded away. */
function unfold({ target }: Event): void {
  (target as HTMLInputElement).closest('details')!.open = true;
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}

import { html, nothing, type TemplateResult } from 'lit';
import { regions } from 'ice-servers-loader';
import { appOrEndpoint } from '../app-address.js';
import type { PageActions, PageState } from './page-state.js';

/** App, key and region. They take effect when the form is submitted. No field has a name, so that no value can end up in the address of the page. */
export function settingsView(state: PageState, actions: PageActions): TemplateResult | typeof nothing {
  const { config, opensForm, isReady } = state;
  if (config.hidesForm) return nothing;
  const submit = (event: Event): void => {
    event.preventDefault();
    actions.submit();
  };
  return html`
    <details class="card settings" ?open=${opensForm}>
      <summary>App and key</summary>
      <form @submit=${submit} autocomplete="off">
        <div class="fields">${appField(state, actions)} ${keyField(state, actions)} ${regionField(state, actions)}</div>
        ${config.mode === 'static' ? rememberField(state, actions) : nothing}
        <button class="main" @click=${ignoreSecondClick}>${isReady ? 'Test with these settings' : 'Test my connection'}</button>
      </form>
    </details>
  `;
}

/** The second click of a double-click would start the test again. */
function ignoreSecondClick(event: MouseEvent): void {
  if (event.detail > 1) event.preventDefault();
}

function appField({ form }: PageState, { edit, tidy }: PageActions): TemplateResult {
  return html`<label>
    App name or address
    <input
      required
      spellcheck="false"
      autocapitalize="none"
      aria-describedby="app-hint"
      .value=${form.app}
      @input=${(event: Event) => edit({ app: valueOf(event) })}
      @blur=${tidy}
    />
    <small class="muted" id="app-hint">For example demo, or a full https:// address.</small>
  </label>`;
}

function keyField({ form }: PageState, { edit, tidy }: PageActions): TemplateResult {
  return html`<label>
    API key
    <input
      type="password"
      ?required=${'appName' in appOrEndpoint(form.app)}
      autocomplete="off"
      aria-describedby="key-hint"
      .value=${form.apiKey}
      @input=${(event: Event) => edit({ apiKey: valueOf(event) })}
      @blur=${tidy}
    />
    <small class="muted" id="key-hint"
      >36 digits and letters, such as 0123456789ab…. In the Metered dashboard, under TURN Server, click Show API Key next to the
      credential.</small
    >
  </label>`;
}

/** A region that is not documented is listed too, because it is sent to the endpoint. */
function regionField({ form }: PageState, { edit }: PageActions): TemplateResult {
  const names = new Set<string>([...regions, ...(form.region ? [form.region] : [])]);
  return html`<label>
    Region
    <select @change=${(event: Event) => edit({ region: valueOf(event) })}>
      <option value="" ?selected=${form.region === ''}>default</option>
      ${[...names].map((name) => html`<option value=${name} ?selected=${name === form.region}>${name.replaceAll('_', ' ')}</option>`)}
    </select>
  </label>`;
}

function rememberField({ remembers }: PageState, { remember }: PageActions): TemplateResult {
  return html`<label class="check">
    <input type="checkbox" .checked=${remembers} @change=${(event: Event) => remember((event.target as HTMLInputElement).checked)} />
    Keep the key on this device. Anyone who uses this browser can then read it.
  </label>`;
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}

import { html, nothing, type TemplateResult } from 'lit';
import { regions, type IceServersStatus } from 'ice-servers-loader';
import type { Form } from './app-address.js';
import type { PageConfig } from './page-config.js';
import type { RelayProof } from './relay-check.js';
import { serverUrls, turnServers, type Transport } from './server-list.js';
import { duration, sourceWords, transportWords } from './wording.js';

export interface State {
  readonly config: PageConfig;
  readonly form: Form;
  readonly busy: boolean;
  /** What happens or has happened, for everybody to see and for a screen reader to say. */
  readonly progress: string;
  readonly problem: string;
  readonly servers: readonly RTCIceServer[];
  readonly status: IceServersStatus | undefined;
  readonly transport: Transport;
  readonly proof: RelayProof | undefined;
}

export interface Actions {
  readonly edit: (change: Partial<Form>) => void;
  /** When the address is left. */
  readonly tidy: () => void;
  readonly load: () => void;
  readonly refresh: () => void;
  readonly forget: () => void;
  readonly choose: (transport: Transport) => void;
  readonly connect: () => void;
}

export function view(state: State, actions: Actions): TemplateResult {
  return html`
    ${formView(state, actions)}
    <p role="status">${state.progress}</p>
    <p role="alert">${state.problem}</p>
    ${state.status && state.servers.length > 0 ? html`${serversView(state, state.status, actions)} ${relayView(state, actions)}` : nothing}
    ${notesView(state.config.notes)}
  `;
}

function formView({ form, busy }: State, actions: Actions): TemplateResult {
  const submit = (event: Event): void => {
    event.preventDefault();
    actions.load();
  };
  // No field has a name, so that nothing of it can ever end up in this page's address. Edits count while they are
  // typed: at the `change` event, which a press on Load causes, the page must not move under the pointer.
  return html`
    <form @submit=${submit} autocomplete="off">
      <label>
        App name or address
        <input
          required
          spellcheck="false"
          autocapitalize="none"
          .value=${form.app}
          @input=${(event: Event) => actions.edit({ app: valueOf(event) })}
          @blur=${actions.tidy}
        />
      </label>
      <div class="grid">
        <label>
          API key of the credential
          <input
            type="password"
            required
            autocomplete="off"
            .value=${form.apiKey}
            @input=${(event: Event) => actions.edit({ apiKey: valueOf(event) })}
          />
        </label>
        <label>
          Region
          <select .value=${form.region} @change=${(event: Event) => actions.edit({ region: valueOf(event) })}>
            <option value="">the dashboard's choice</option>
            ${regions.map((region) => html`<option ?selected=${region === form.region}>${region}</option>`)}
          </select>
        </label>
      </div>
      <button ?disabled=${busy}>Load</button>
    </form>
  `;
}

function serversView({ servers, busy }: State, status: IceServersStatus, actions: Actions): TemplateResult {
  const now = Date.now();
  return html`
    <section aria-labelledby="servers">
      <h2 id="servers">ICE servers</h2>
      <dl>
        <dt>Came from</dt>
        <dd data-source=${status.source}>${sourceWords[status.source]}</dd>
        <dt>Age</dt>
        <dd>${duration(now - status.fetchedAt)}</dd>
        <dt>Fresh for</dt>
        <dd>${duration(status.expiresAt - now)}</dd>
        <dt>Kept in</dt>
        <dd>${status.storage === 'indexeddb' ? 'IndexedDB, for the next visit' : 'memory, until this page is closed'}</dd>
      </dl>
      <div class="overflow-auto">
        <table>
          <thead>
            <tr>
              <th scope="col">URL</th>
              <th scope="col">Kind</th>
              <th scope="col">Transport</th>
            </tr>
          </thead>
          <tbody>
            ${serverUrls(servers).map(
              ({ url, kind, transport }) =>
                html`<tr>
                  <td><code>${url}</code></td>
                  <td>${kind}</td>
                  <td>${transportWords[transport]}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <div class="actions">
        <button type="button" class="secondary" ?disabled=${busy} @click=${actions.refresh}>Refresh</button>
        <button type="button" class="secondary outline" ?disabled=${busy} @click=${actions.forget}>Forget</button>
      </div>
    </section>
  `;
}

function relayView({ servers, busy, transport, proof }: State, actions: Actions): TemplateResult {
  const offered = (['udp', 'tcp', 'tls'] as const).filter((one) => turnServers(servers, one).length > 0);
  return html`
    <section aria-labelledby="relay">
      <h2 id="relay">A relayed connection</h2>
      <div class="actions">
        <label>
          Transport to the TURN server
          <select @change=${(event: Event) => actions.choose(valueOf(event) as Transport)}>
            ${offered.map((one) => html`<option value=${one} ?selected=${one === transport}>${transportWords[one]}</option>`)}
          </select>
        </label>
        <button type="button" ?disabled=${busy} @click=${actions.connect}>Connect through TURN</button>
      </div>
      ${proof ? proofView(proof) : nothing}
    </section>
  `;
}

function proofView({ roundTripMs, connectMs, local, remote, relayProtocol }: RelayProof): TemplateResult {
  return html`
    <dl>
      <dt>Round trip</dt>
      <dd>${roundTripMs.toFixed(1)} ms, the median of several pings, both ends relayed</dd>
      <dt>Connected in</dt>
      <dd>${connectMs.toFixed(0)} ms</dd>
      <dt>Selected pair</dt>
      <dd>local ${local}, remote ${remote}</dd>
      <dt>To the TURN server</dt>
      <dd>${relayProtocol ?? 'not told by this browser'}</dd>
    </dl>
  `;
}

function notesView(notes: readonly string[]): TemplateResult {
  return html`<footer>${notes.map((note) => html`<p><small>${note}</small></p>`)}</footer>`;
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}

import { html, type TemplateResult } from 'lit';
import { duration, sourceWords } from '../wording.js';
import { buttonView } from './button-view.js';
import { isBusy, type Actions, type State } from './state.js';

/** Where the servers came from, and how old they are. */
export function loadView(state: State, actions: Actions): TemplateResult {
  const { status, servers, problem, phase, said } = state;
  const now = Date.now();
  const unknown = '–';
  const loaded = problem ? problem.short : status ? `${servers.length} addresses` : phase === 'loading' ? 'loading…' : 'not yet';
  const hasNone = isBusy(state) || !status;
  return html`
    <section class="card load" aria-labelledby="load">
      <h2 id="load">Servers loaded</h2>
      <dl>
        <dt>Loaded</dt>
        <dd>${loaded}</dd>
        <dt>From</dt>
        <dd data-source=${status?.source ?? 'none'}>${status ? sourceWords[status.source] : unknown}</dd>
        <dt>Age</dt>
        <dd class="clock">${status ? duration(now - status.fetchedAt) : unknown}</dd>
        <dt>Fresh for</dt>
        <dd class="clock">${status ? duration(status.expiresAt - now) : unknown}</dd>
        <dt>Kept in</dt>
        <dd>${status ? (status.storage === 'indexeddb' ? 'this browser' : 'this page only') : unknown}</dd>
      </dl>
      <div class="actions">
        ${buttonView({ words: 'Load new servers', look: 'secondary outline small', isOut: hasNone, act: actions.refresh })}
        ${buttonView({ words: 'Delete from this browser', look: 'secondary outline small', isOut: hasNone, act: actions.forget })}
      </div>
      <p role="status" class="said">${said.load}</p>
    </section>
  `;
}

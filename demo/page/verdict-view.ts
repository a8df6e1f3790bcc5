import { html, nothing, type TemplateResult } from 'lit';
import { expectedServers } from '../server-list.js';
import { icon, type IconName } from './icons.js';
import { isBusy, isLeftOut, type Actions, type State } from './state.js';
import { verdictWords, type Tone } from './verdict-words.js';

const icons: Readonly<Record<Tone, IconName>> = { neutral: 'open', good: 'yes', warn: 'warn', bad: 'no' };

/** The sentence on top, what it means and what to ask for; and the buttons that start and stop the test. */
export function verdictView(state: State, actions: Actions): TemplateResult {
  const { tone, headline, meaning, ask } = verdictWords(state);
  const busy = isBusy(state);
  const all = state.servers.length ? state.servers : expectedServers;
  const leftOut = all.filter((server) => isLeftOut(state, server)).length;
  const total = all.length - leftOut;
  const done = state.results.size;
  return html`
    <section class="card verdict" data-tone=${tone} aria-label="Verdict">
      <div role="status" aria-live="polite" aria-atomic="true">
        <h2>${icon(busy ? 'busy' : icons[tone])}<span>${headline}</span></h2>
        <div class="pair">
          <div>
            <h3>What it means for a call</h3>
            <p>${meaning}</p>
          </div>
          <div>
            <h3>What to do, or ask the network’s owner</h3>
            <p>${ask}</p>
          </div>
        </div>
      </div>
      <div class="actions">
        <button
          type=${busy ? 'button' : 'submit'}
          form="settings"
          class=${busy ? 'stop' : ''}
          @click=${(event: MouseEvent) => {
            if (!busy) return;
            // The test may have ended, and this be the button that starts one, before the click is through.
            event.preventDefault();
            // One button, so that the keyboard stays on it; the second click of a double one stops nothing.
            if (event.detail < 2) actions.stop();
          }}
        >
          ${busy ? 'Stop' : startWords(state)}
        </button>
        <progress max=${total} value=${done} aria-label="Servers decided"></progress>
        <span class="muted count"
          >${done > 0 || state.phase === 'testing' ? `${done} of ${total} tested${leftOut ? `, ${leftOut} left out` : ''}` : nothing}</span
        >
      </div>
    </section>
  `;
}

function startWords({ phase, hasWebRtc }: State): string {
  if (!hasWebRtc) return 'Load the servers';
  return phase === 'done' ? 'Test again' : 'Test my connection';
}

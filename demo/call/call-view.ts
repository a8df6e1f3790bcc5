import { html, nothing, type TemplateResult } from 'lit';
import type { CallState } from './call-state.js';
import { codeView } from './code-view.js';
import { listEvents } from './events.js';
import { laneView } from './lane-view.js';
import { clock, summary } from './words.js';

export interface CallActions {
  readonly start: () => void;
  readonly stop: () => void;
}

/** What the page shows in addition to the state. */
export interface CallFrame {
  readonly chart: HTMLElement;
  readonly mintPath: string;
}

export function callView(state: CallState, actions: CallActions, { chart, mintPath }: CallFrame): TemplateResult {
  return html`
    ${controlView(state, actions)}
    <div class="lanes">${laneView('kept', state)} ${laneView('plain', state)}</div>
    <div class="evidence">
      <section class="card" aria-labelledby="round-trips">
        <h2 id="round-trips">Round trips</h2>
        <p class="muted legend">
          <span><i class="line"></i>round trip</span><span><i class="outage"></i>no answers</span>
          <span><i class="pause"></i>this page was paused</span><span><i class="number">1</i>see the list</span>
        </p>
        ${chart}
      </section>
      ${codeView(mintPath)}
    </div>
    ${eventsView(state)} ${notesView(state)}
  `;
}

function controlView(state: CallState, { start, stop }: CallActions): TemplateResult {
  const { phase, nowMs, durationMs } = state;
  const isBusy = phase === 'connecting' || phase === 'running';
  const elapsedMs = phase === 'idle' ? 0 : Math.min(nowMs, durationMs);
  return html`
    <section class="card control" aria-label="Both calls">
      <p class="summary" role="status" aria-live="polite" aria-atomic="true">${summary(state)}</p>
      <div class="actions">
        <button type="button" aria-disabled=${isBusy} @click=${start}>
          ${isBusy || phase === 'idle' ? 'Start both calls' : 'Start again'}
        </button>
        <button type="button" class="secondary outline" aria-disabled=${!isBusy} @click=${stop}>Stop</button>
      </div>
      <div class="time">
        <progress aria-label="Time" max=${durationMs} value=${elapsedMs}></progress>
        <span class="clock muted">${clock(elapsedMs)} of ${clock(durationMs)}</span>
      </div>
    </section>
  `;
}

function eventsView(state: CallState): TemplateResult {
  const events = state.phase === 'idle' ? [] : listEvents(state);
  return html`
    <section class="card" aria-labelledby="events">
      <h2 id="events">What happened</h2>
      <ol class="events">
        ${events.map(
          ({ atMs, kind, words }, index) => html`
            <li data-kind=${kind}>
              <span class="number" aria-hidden="true">${index + 1}</span><time>${clock(atMs)}</time><span>${words}</span>
            </li>
          `,
        )}
      </ol>
      ${events.length > 0 ? nothing : html`<p class="muted">Nothing yet.</p>`}
    </section>
  `;
}

function notesView({ dropsAtExpiry }: CallState): TemplateResult {
  return html`
    <footer>
      <p>
        <small class="muted">
          ${
            dropsAtExpiry
              ? 'This TURN server drops a call when its credential expires, as some services do. Others let a running call go on, and refuse the next one.'
              : 'Some TURN servers drop a call when its credential expires. Others let a running call go on, and refuse the next one.'
          }
          Both ends of each call are in this page. They exchange 25 messages a second, only through the TURN server.
        </small>
      </p>
    </footer>
  `;
}

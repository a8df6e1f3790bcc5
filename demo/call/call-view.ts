import { html, nothing, type TemplateResult } from 'lit';
import { icon, type IconName } from '../page/icons.js';
import type { CallActions, CallState, Condition } from './call-state.js';
import { lostAfterMs } from './messages.js';

const headlines: Readonly<Record<Condition, readonly [icon: IconName, tone: string, words: string]>> = {
  idle: ['open', 'neutral', 'No call yet'],
  connecting: ['busy', 'neutral', 'Connecting through the TURN server'],
  alive: ['yes', 'good', 'The call is alive'],
  silent: ['warn', 'warn', 'The call has fallen silent'],
  dead: ['no', 'bad', 'The call is dead'],
  ended: ['open', 'neutral', 'The call was ended'],
};

const meaningOf = ({ condition, isKept, trouble, lifeSeconds }: CallState): string => {
  if (trouble) return trouble;
  switch (condition) {
    case 'alive':
      return isKept
        ? 'Before each password dies, keepFresh fetches the next one and moves the call to a new relay.'
        : 'Its password is about to die, and nobody gives it a new one.';
    case 'silent':
    case 'dead':
      return isKept
        ? 'keepFresh has a new password, and is moving the call to a new relay.'
        : 'The TURN server hung up when the password died. Switch keepFresh on, and the call comes back.';
    default:
      return `Both ends are in this page, and talk only through the TURN server. Its password dies every ${lifeSeconds} seconds.`;
  }
};

const clock = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

const passwordWords = ({ phase, leftMs }: CallState): string => {
  if (phase !== 'running') return '–';
  return leftMs > 0 ? `${Math.ceil(leftMs / 1000)} s` : 'over';
};

/** One figure with its name. A tone of its own only where it tells something bad. */
const figure = (name: string, value: string | number, tone = ''): TemplateResult => html`
  <div class="figure" data-tone=${tone}>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>
`;

export function callView(state: CallState, actions: CallActions): TemplateResult {
  const { condition, phase, isKept, tally, passwords, moves, happenings, cutsAtExpiry } = state;
  const [picture, tone, headline] = headlines[condition];
  const isOn = phase === 'connecting' || phase === 'running';
  return html`
    <section class="card call" data-tone=${tone} aria-label="Call">
      <div role="status" aria-live="polite" aria-atomic="true">
        <h2>${icon(picture)}<span>${headline}</span></h2>
        <p class="meaning">${meaningOf(state)}</p>
      </div>
      <div class="actions">
        <button type="button" class=${isOn ? 'stop' : ''} @click=${isOn ? actions.stop : actions.start}>
          ${isOn ? 'End the call' : 'Start a call'}
        </button>
        <label>
          <input
            type="checkbox"
            role="switch"
            .checked=${isKept}
            @change=${({ target }: Event) => actions.setKept((target as HTMLInputElement).checked)}
          />
          keepFresh
        </label>
      </div>
      <dl class="figures">
        ${figure('Messages answered', tally.answered)} ${figure('Lost', tally.lost, tally.lost ? 'bad' : '')}
        ${figure('Round trip', phase === 'running' && tally.roundTripMs !== undefined ? `${Math.round(tally.roundTripMs)} ms` : '–')}
        ${figure('Passwords so far', passwords)} ${figure('Moves to a new relay', moves)}
        ${figure('Its password’s life', passwordWords(state), phase === 'running' && state.leftMs <= 0 ? 'bad' : '')}
      </dl>
    </section>

    <section class="card" aria-label="Round trip and losses">
      <h2>Round trip and losses</h2>
      <p class="muted legend">
        <span><i class="line"></i>round trip</span><span><i class="cross">×</i>lost: no answer within ${lostAfterMs / 1000} s</span>
        <span><i class="dash"></i>a new password</span>
      </p>
      ${state.chart}
    </section>

    <section class="card" aria-label="What happened">
      <h2>What happened</h2>
      <ol class="happenings" tabindex="0" aria-label="What happened, the newest first">
        ${happenings.map(({ atMs, kind, words }) => html`<li data-kind=${kind}><time>${clock(atMs)}</time> ${words}</li>`)}
        ${happenings.length ? nothing : html`<li class="muted">Nothing yet. Start a call, and switch keepFresh off to see it die.</li>`}
      </ol>
    </section>

    <footer>
      ${
        cutsAtExpiry
          ? html`<p>
              <small class="muted"
                >The TURN server here hangs up on a relay whose password is dead, as some services do. Others let a running call go on, and
                refuse the next one.</small
              >
            </p>`
          : nothing
      }
      <p>
        <small class="muted">25 messages a second go to the other end and back. In a hidden tab browsers slow that down.</small>
      </p>
    </footer>
  `;
}

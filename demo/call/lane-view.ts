import { html, type TemplateResult } from 'lit';
import { icon } from './icons.js';
import type { CallState, LaneName, LaneState } from './call-state.js';
import { laneHeadline, laneTitles } from './words.js';

/** Shows the state of one call in a word and four figures. */
export function laneView(name: LaneName, { lanes, phase, nowMs }: CallState): TemplateResult {
  const lane = lanes[name];
  const { tally } = lane;
  const headline = laneHeadline(lane, phase);
  const isRunning = phase === 'running';
  return html`
    <section class="card lane" data-tone=${headline.tone} aria-label=${laneTitles[name]}>
      <h2>${laneTitles[name]}</h2>
      <p class="condition">${icon(headline.icon)}<span>${headline.words}</span></p>
      <dl class="figures">
        ${figure('Answered', tally.answered)} ${figure('Lost', tally.lost, tally.lost > 0 ? 'bad' : '')}
        ${figure('Round trip', isRunning ? roundTrip(tally.roundTripMs) : '–')}
        ${figure('Credential', isRunning ? lifeLeft(lane, nowMs) : '–', isRunning && lane.credentialEndsMs <= nowMs ? 'bad' : '')}
      </dl>
    </section>
  `;
}

/** A figure has a color only if it is bad. */
function figure(name: string, value: string | number, tone = ''): TemplateResult {
  return html`
    <div class="figure" data-tone=${tone}>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>
  `;
}

function roundTrip(ms: number | undefined): string {
  return ms === undefined ? '–' : `${Math.round(ms)} ms`;
}

function lifeLeft({ credentialEndsMs }: LaneState, nowMs: number): string {
  const leftMs = credentialEndsMs - nowMs;
  return leftMs > 0 ? `${Math.ceil(leftMs / 1000)} s left` : 'expired';
}

import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit/html.js';
import { answerLines } from '../answer-lines.js';
import type { State } from '../state.js';
import type { ViewContext } from './view-context.js';

/** The end of the scale and the thresholds of the grades, in milliseconds. They stay as they are, so that two runs can be compared. */
const scaleMs = 400;
const goodMs = 150;
/** Three seconds of 50 packets. */
const usualPackets = 150;
/** While the call runs, and when it is stopped, the last packets may still be on their way. */
const inFlightPackets = 20;

/** Each packet of the test call as a dot, over the bands of the grades. It has its place from the start. */
export function stripView(context: ViewContext): TemplateResult {
  const { state, t } = context;
  const { report } = state;
  const [, quality] = answerLines(report, t);
  const found = report?.quality ? t('strip.found', { packets: report.quality.packets, url: report.quality.url }) : t('strip.idle');
  return html`
    <section class="card strip" aria-labelledby="strip">
      <h3 id="strip">${t('strip.title')}</h3>
      ${plotView(state, `${quality!.words} ${quality!.detail}`)}
      <p class="muted">${found}</p>
    </section>
  `;
}

function plotView(state: State, label: string): TemplateResult {
  return html`<div class="plot">
    <span class="at-400"><bdi>400 ms</bdi></span
    ><span class="at-150">150</span><span class="at-0">0</span>
    <svg viewBox="0 0 ${Math.max(usualPackets, state.packets.length)} ${scaleMs}" preserveAspectRatio="none" role="img" aria-label=${label}>
      ${svg`<rect class="fair" width="100%" height=${scaleMs - goodMs} /><rect class="good" y=${scaleMs - goodMs} width="100%" height=${goodMs} />`}
      ${packetsView(state)}
    </svg>
  </div>`;
}

function packetsView({ packets, phase, report }: State): SVGTemplateResult {
  const dots = packets.map((timeMs, index) => (timeMs === undefined ? '' : `M${index + 0.5} ${yOf(timeMs)}h0`)).join('');
  const settled = phase === 'done' && !report?.stopped ? packets : packets.slice(0, -inFlightPackets);
  const losses = settled.map((timeMs, index) => (timeMs === undefined ? `M${index + 0.5} 0V${scaleMs}` : '')).join('');
  return svg`<path class="lost" d=${losses} /><path class="dots-path" d=${dots} />`;
}

function yOf(timeMs: number): number {
  return Math.round(scaleMs - Math.min(timeMs, scaleMs));
}

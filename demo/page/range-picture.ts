import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { RelayQuality } from 'ice-servers-loader/connectivity';
import { milliseconds } from './url-words.js';

/** The end of a scale that all rows share: 1, 2 or 5 and zeros, above the largest value. */
export function scaleEnd(largest: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(largest, 1)));
  return [1, 2, 5, 10].map((step) => step * power).find((end) => end >= largest) ?? 10 * power;
}

/** From the quickest echo to the slow ones as a bar, with the median as a mark. */
export function rangePicture({ rtt: { min, median, p95 } }: RelayQuality, end: number): TemplateResult {
  const at = (value: number): string => `${Math.min(100, (100 * value) / end)}%`;
  return html`
    <svg
      class="range"
      width="100%"
      height="14"
      role="img"
      aria-label="nearly all between ${milliseconds(min)} and ${milliseconds(p95)}"
      focusable="false"
    >
      <line x1="0" x2="100%" y1="7" y2="7" class="track" />
      <line x1=${at(min)} x2=${at(p95)} y1="7" y2="7" class="spread" />
      <circle cx=${at(median)} cy="7" r="5" class="median" />
    </svg>
  `;
}

const sample = (shape: SVGTemplateResult): TemplateResult =>
  html`<svg class="range" width="24" height="14" aria-hidden="true" focusable="false">${shape}</svg>`;

/** What the picture shows; `end` is known once something was measured. */
export function rangeKey(end: number | undefined): TemplateResult {
  return html`
    <p class="muted key">
      <span>Round trip: how long data takes to the server and back.</span>
      <span>${sample(svg`<circle cx="12" cy="7" r="5" class="median" />`)} the usual time</span>
      <span>${sample(svg`<line x1="4" x2="20" y1="7" y2="7" class="spread" />`)} nearly all times</span>
      <span>
        ${sample(svg`<line x1="2" x2="22" y1="7" y2="7" class="track" />`)}
        <span class="scale">${end ? `0 to ${milliseconds(end)}` : 'the scale'}</span>
      </span>
    </p>
  `;
}

import type uPlot from 'uplot';
import type { CallState, LaneName } from './call-state.js';
import type { CallEvent } from './events.js';
import { laneTitles } from './words.js';

type Color = (name: string) => string;
type Range = readonly [fromMs: number, toMs: number];

/** What is needed to draw on the canvas of the chart. Lengths are in device pixels. */
interface Canvas {
  readonly plot: uPlot;
  readonly ratio: number;
  readonly color: Color;
}

const fontFamily = 'system-ui, sans-serif';

/** Draws the areas behind the lines: outages, and the times when the page was paused. */
export function drawShades(plot: uPlot, ratio: number, color: Color, { lanes, pauses, nowMs }: CallState): void {
  const canvas = { plot, ratio, color };
  for (const { fromMs, toMs } of pauses) shade(canvas, [fromMs, toMs], undefined, '--muted');
  for (const lane of ['kept', 'plain'] as const) {
    for (const { fromMs, toMs = nowMs } of lanes[lane].outages) shade(canvas, [fromMs, toMs], lane, '--bad');
  }
}

/** Draws what is on top of the lines: the border between the bands, their names, and the event numbers. */
export function drawMarks(plot: uPlot, ratio: number, color: Color, events: readonly CallEvent[]): void {
  const canvas = { plot, ratio, color };
  const { ctx, bbox } = plot;
  const middle = bandTop(plot, 'plain');
  ctx.save();
  ctx.strokeStyle = color('--muted');
  ctx.lineWidth = ratio;
  line(ctx, bbox.left, middle, bbox.left + bbox.width, middle);
  ctx.restore();
  drawNumbers(canvas, events);
  for (const lane of ['kept', 'plain'] as const) drawTitle(canvas, lane);
}

/** Draws the name of a band on its own background, because lines pass behind it. */
function drawTitle({ plot, plot: { ctx, bbox }, ratio, color }: Canvas, lane: LaneName): void {
  const title = laneTitles[lane];
  const [left, top] = [bbox.left + 6 * ratio, bandTop(plot, lane) + 4 * ratio];
  ctx.save();
  ctx.font = `600 ${12 * ratio}px ${fontFamily}`;
  ctx.textBaseline = 'middle';
  ctx.fillStyle = color('--panel');
  ctx.fillRect(left, top, ctx.measureText(title).width + 8 * ratio, 18 * ratio);
  ctx.fillStyle = color('--muted');
  ctx.textAlign = 'left';
  ctx.fillText(title, left + 4 * ratio, top + 9 * ratio);
  ctx.restore();
}

function drawNumbers(canvas: Canvas, events: readonly CallEvent[]): void {
  const { plot, ratio } = canvas;
  const lastX = new Map<LaneName | undefined, number>();
  for (const [index, { atMs, lane }] of events.entries()) {
    const x = plot.valToPos(atMs / 1000, 'x', true);
    drawStem(canvas, x, lane);
    // Next to a number that is too close.
    const free = Math.max(x, (lastX.get(lane) ?? -Infinity) + 19 * ratio);
    lastX.set(lane, free);
    drawNumber(canvas, Math.min(free, plot.bbox.left + plot.bbox.width - 9 * ratio), bandTop(plot, lane), index + 1);
  }
}

/** Draws a dashed line through the band of the event's call, or through both bands. */
function drawStem({ plot: { ctx, bbox }, plot, ratio, color }: Canvas, x: number, lane: LaneName | undefined): void {
  const top = bandTop(plot, lane);
  const height = lane === undefined ? bbox.height : bbox.height / 2;
  ctx.save();
  ctx.strokeStyle = color('--muted');
  ctx.lineWidth = ratio;
  ctx.setLineDash([4 * ratio, 4 * ratio]);
  line(ctx, x, top, x, top + height);
  ctx.restore();
}

function drawNumber({ plot: { ctx }, ratio, color }: Canvas, x: number, top: number, number: number): void {
  const y = top + 32 * ratio;
  ctx.save();
  ctx.beginPath();
  ctx.arc(x, y, 9 * ratio, 0, 2 * Math.PI);
  ctx.fillStyle = color('--muted');
  ctx.fill();
  ctx.fillStyle = color('--mark');
  ctx.font = `600 ${11 * ratio}px ${fontFamily}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText(String(number), x, y);
  ctx.restore();
}

function shade({ plot, color }: Canvas, [fromMs, toMs]: Range, lane: LaneName | undefined, name: string): void {
  const { ctx, bbox } = plot;
  const [left, right] = [plot.valToPos(fromMs / 1000, 'x', true), plot.valToPos(toMs / 1000, 'x', true)];
  ctx.save();
  ctx.globalAlpha = 0.2;
  ctx.fillStyle = color(name);
  ctx.fillRect(left, bandTop(plot, lane), right - left, lane === undefined ? bbox.height : bbox.height / 2);
  ctx.restore();
}

function bandTop({ bbox }: uPlot, lane: LaneName | undefined): number {
  return lane === 'plain' ? bbox.top + bbox.height / 2 : bbox.top;
}

function line(ctx: CanvasRenderingContext2D, fromX: number, fromY: number, toX: number, toY: number): void {
  ctx.beginPath();
  ctx.moveTo(fromX, fromY);
  ctx.lineTo(toX, toY);
  ctx.stroke();
}

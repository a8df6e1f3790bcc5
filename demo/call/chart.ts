import uPlot from 'uplot';
import type { Happening } from './call-state.js';
import { isLost, keptMs, type Message } from './messages.js';

const windowSeconds = keptMs / 1000;
const heightPx = 220;

/** The last minute: the round trip as a line, what was lost as crosses at the bottom, new passwords as dashed lines. */
export const createChart = (): {
  readonly element: HTMLElement;
  readonly draw: (messages: readonly Message[], happenings: readonly Happening[], nowMs: number) => void;
} => {
  const element = document.createElement('div');
  element.className = 'chart';
  element.setAttribute('role', 'img');
  let plot: uPlot | undefined;
  let marksSeconds: number[] = [];

  const colour = (name: string): string => getComputedStyle(element).getPropertyValue(name).trim();

  const drawMarks = ({ ctx, bbox, valToPos }: uPlot): void => {
    ctx.save();
    ctx.strokeStyle = colour('--muted');
    ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    for (const at of marksSeconds) {
      const x = Math.round(valToPos.call(plot, at, 'x', true));
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  };

  const drawCrosses = (self: uPlot): void => {
    const { ctx } = self;
    const size = 3 * devicePixelRatio;
    ctx.save();
    ctx.strokeStyle = colour('--bad');
    ctx.lineWidth = 1.5 * devicePixelRatio;
    ctx.beginPath();
    const y = self.bbox.top + self.bbox.height - 2 * size;
    for (const [index, lost] of self.data[2]!.entries()) {
      if (lost === null || lost === undefined) continue;
      const x = self.valToPos(self.data[0][index]!, 'x', true);
      if (x < self.bbox.left) continue;
      ctx.moveTo(x - size, y - size);
      ctx.lineTo(x + size, y + size);
      ctx.moveTo(x - size, y + size);
      ctx.lineTo(x + size, y - size);
    }
    ctx.stroke();
    ctx.restore();
  };

  const axis = (label: string): uPlot.Axis => ({
    label,
    labelSize: 20,
    stroke: () => colour('--muted'),
    grid: { stroke: () => colour('--line') },
    ticks: { stroke: () => colour('--line') },
  });

  const create = (width: number): uPlot =>
    new uPlot(
      {
        width,
        height: heightPx,
        cursor: { show: false },
        legend: { show: false },
        scales: { x: { time: false }, y: { range: (_self, _low, high) => [0, Math.max(10, (high || 0) * 1.2)] } },
        axes: [axis('seconds since the call began'), { ...axis('ms'), size: 48 }],
        series: [{}, { stroke: () => colour('--accent'), width: 1.5, points: { show: false } }, { show: true, points: { show: false } }],
        hooks: { draw: [drawMarks, drawCrosses] },
      },
      [[], [], []],
      element,
    );

  new ResizeObserver(([entry]) => {
    const width = Math.floor(entry!.contentRect.width);
    if (!width) return;
    plot ??= create(width);
    plot.setSize({ width, height: heightPx });
  }).observe(element);

  return {
    element,
    draw: (messages, happenings, nowMs) => {
      const shown = messages.filter(({ sentMs }) => nowMs - sentMs < keptMs);
      const lost = shown.filter((message) => isLost(message, nowMs)).length;
      element.setAttribute('aria-label', `Round trip of the last minute; ${lost ? `${lost} messages lost` : 'nothing lost'}`);
      if (!plot) return;
      marksSeconds = happenings.filter(({ kind }) => kind === 'password').map(({ atMs }) => atMs / 1000);
      const nowSeconds = nowMs / 1000;
      plot.batch(() => {
        plot!.setData(
          [
            shown.map(({ sentMs }) => sentMs / 1000),
            shown.map((message) => (isLost(message, nowMs) ? null : (message.roundTripMs ?? null))),
            shown.map((message) => (isLost(message, nowMs) ? 0 : null)),
          ],
          false,
        );
        plot!.setScale('x', { min: Math.max(0, nowSeconds - windowSeconds), max: Math.max(windowSeconds / 2, nowSeconds) });
      });
    },
  };
};

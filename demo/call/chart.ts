import uPlot from 'uplot';
import type { CallState } from './call-state.js';
import { chartData } from './chart-data.js';
import { drawMarks, drawShades } from './chart-marks.js';
import { listEvents } from './events.js';
import { laneTitles } from './words.js';

const heightPx = 320;

/** One chart for both calls: their round trips, shaded outages, and numbered events. */
export class Chart {
  readonly element = document.createElement('div');
  #plot: uPlot | undefined;
  #state: CallState | undefined;
  #bandMs = 1;

  constructor() {
    this.element.className = 'chart';
    this.element.setAttribute('role', 'img');
    new ResizeObserver(([entry]) => this.#resize(Math.floor(entry!.contentRect.width))).observe(this.element);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#plot?.redraw());
  }

  draw(state: CallState): void {
    this.#state = state;
    this.element.setAttribute('aria-label', describe(state));
    if (!this.#plot) return;
    const { times, kept, plain, bandMs } = chartData(state);
    this.#bandMs = bandMs;
    this.#plot.batch(() => {
      this.#plot!.setData([times, kept, plain], false);
      this.#plot!.setScale('x', { min: 0, max: state.durationMs / 1000 });
      this.#plot!.setScale('y', { min: 0, max: 2 * bandMs });
    });
  }

  #resize(width: number): void {
    if (width <= 0) return;
    if (this.#plot) return this.#plot.setSize({ width, height: heightPx });
    this.#plot = this.#create(width);
    if (this.#state) this.draw(this.#state);
  }

  #create(width: number): uPlot {
    const series: uPlot.Series = { stroke: () => this.#color('--accent'), width: 1.5, points: { show: false } };
    const options: uPlot.Options = {
      width,
      height: heightPx,
      cursor: { show: false },
      legend: { show: false },
      scales: { x: { time: false }, y: { range: () => [0, 2 * this.#bandMs] } },
      axes: [
        this.#axis('seconds since Start'),
        {
          ...this.#axis('round trip, ms'),
          size: 44,
          splits: () => this.#splits(),
          values: (_plot, splits) => splits.map((at) => this.#label(at)),
        },
      ],
      series: [{}, series, series],
      hooks: {
        drawClear: [(plot) => this.#state && drawShades(plot, uPlot.pxRatio, this.#color, this.#state)],
        draw: [(plot) => this.#state && drawMarks(plot, uPlot.pxRatio, this.#color, listEvents(this.#state))],
      },
    };
    return new uPlot(options, [[], [], []], this.element);
  }

  #axis(label: string): uPlot.Axis {
    return {
      label,
      labelSize: 20,
      stroke: () => this.#color('--muted'),
      grid: { stroke: () => this.#color('--line') },
      ticks: { stroke: () => this.#color('--line') },
    };
  }

  /** Each band has its own axis, which starts at 0. */
  #splits(): number[] {
    return [0, this.#bandMs / 2, this.#bandMs, 1.5 * this.#bandMs];
  }

  #label(at: number): string {
    return String(at % this.#bandMs);
  }

  readonly #color = (name: string): string => getComputedStyle(this.element).getPropertyValue(name).trim();
}

function describe({ lanes }: CallState): string {
  const parts = (['kept', 'plain'] as const).map((lane) => {
    const { lost } = lanes[lane].tally;
    return `${laneTitles[lane]}: ${lost === 0 ? 'nothing lost' : `${lost} messages lost`}`;
  });
  return `Round trip of both calls. ${parts.join('. ')}.`;
}

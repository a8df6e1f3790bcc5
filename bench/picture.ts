import { writeFileSync } from 'node:fs';
import { plot, type PlotOptions } from '@observablehq/plot';
import { Window } from 'happy-dom';

/** Draws a picture without a browser, and writes it as a small SVG file that reads on dark and light ground. A title would make it HTML. */
export const writePicture = (file: URL, options: Omit<PlotOptions, 'title'>): void => {
  const { document } = new Window();
  const drawn = plot({
    ...options,
    document: document as unknown as Document,
    style: { background: 'white', color: 'black' },
    className: 'plot',
  });
  const svg = drawn.outerHTML.replace(/^<svg/, '<svg xmlns="http://www.w3.org/2000/svg"');
  writeFileSync(file, `${svg.replace(/\d+\.\d{2,}/g, (number) => String(Math.round(+number * 10) / 10))}\n`);
};

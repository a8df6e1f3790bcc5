import { base } from './base.js';
import { developer } from './developer.js';
import { results } from './results.js';
import { tokens } from './tokens.js';

let sheet: CSSStyleSheet | undefined;

/** Returns the one style sheet of all elements of the page; `undefined` if sheets cannot be constructed, as in jsdom. */
export function styleSheet(): CSSStyleSheet | undefined {
  if (!sheet && typeof CSSStyleSheet.prototype.replaceSync === 'function') {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(tokens + base + results + developer);
  }
  return sheet;
}

import { base } from './base.js';
import { developer } from './developer.js';
import { results } from './results.js';
import { tokens } from './tokens.js';

let sheet: CSSStyleSheet | undefined;

/** Applies the one style sheet of all elements of the page to one of them. Nothing happens if sheets cannot be constructed, as in jsdom. */
export function adoptStyles(root: ShadowRoot): void {
  if (!sheet && typeof CSSStyleSheet.prototype.replaceSync === 'function') {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(tokens + base + results + developer);
  }
  if (sheet) root.adoptedStyleSheets = [sheet];
}

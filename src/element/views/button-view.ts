import { html, nothing, type TemplateResult } from 'lit/html.js';
import { regionName } from '../region-words.js';
import type { Said } from '../state.js';
import type { StringKey } from '../strings.js';
import type { ViewContext } from './view-context.js';

interface Button {
  readonly words: string;
  readonly onPress: () => void;
  readonly isMain?: boolean;
  readonly isOff?: boolean;
  /** The button only keeps its place. */
  readonly isHidden?: boolean;
}

/** A button that keeps the keyboard's focus while it is off: a disabled one would lose it to the top of the page. */
export function buttonView({ words, onPress, isMain = false, isOff = false, isHidden = false }: Button): TemplateResult {
  const press = ({ detail }: MouseEvent): void => {
    // The second click of a double one is meant for the button that was there before.
    if (!isOff && detail < 2) onPress();
  };
  const classes = [...(isMain ? ['main'] : []), ...(isHidden ? ['hidden'] : [])].join(' ');
  return html`<button type="button" part="button" class=${classes} aria-disabled=${isOff ? 'true' : nothing} @click=${press}>
    ${words}
  </button>`;
}

/** Says what the last press has done. If a text could not be copied, it stands here. */
export function saidView({ state, t }: ViewContext, where: string): TemplateResult {
  const said = state.said?.where === where ? state.said : undefined;
  const text = said?.what === 'not-copied' ? said.text : '';
  return html`
    <p class="said" role="status">${said ? t(wordsFor(said), said.what === 'region' ? { region: regionName(said.text) } : {}) : nothing}</p>
    ${text ? html`<textarea readonly rows="8" aria-label=${t('report.title')} .value=${text}></textarea>` : nothing}
  `;
}

function wordsFor({ where, what }: Said): StringKey {
  if (what === 'deleted') return 'log.deleted';
  if (what === 'region') return 'regions.used';
  if (what !== 'copied') return `said.${what}`;
  if (where === 'answer') return 'said.copied-report';
  return where === 'message' ? 'said.copied-message' : 'said.copied';
}

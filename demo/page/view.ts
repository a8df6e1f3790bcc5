import { html, type TemplateResult } from 'lit';
import { loadView } from './load-view.js';
import { regionsView } from './regions-view.js';
import { resultsView } from './results-view.js';
import { settingsView } from './settings-view.js';
import { shareView } from './share-view.js';
import type { Actions, State } from './state.js';
import { troublesView } from './troubles-view.js';
import { verdictView } from './verdict-view.js';

export function view(state: State, actions: Actions): TemplateResult {
  return html`
    ${settingsView(state, actions)}
    <div class="overview">${verdictView(state, actions)} ${loadView(state, actions)}</div>
    ${troublesView(state, actions)} ${resultsView(state)} ${regionsView(state, actions)} ${shareView(state, actions)}
    <footer>${state.config.notes.map((note) => html`<p><small class="muted">${note}</small></p>`)}</footer>
  `;
}

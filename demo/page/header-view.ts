import { html, type TemplateResult } from 'lit';
import type { PageState } from './page-state.js';

declare const __VERSION__: string;

export function headerView({ config, mode }: Pick<PageState, 'config' | 'mode'>): TemplateResult {
  if (config.mode === 'static') {
    return html`<header class="container top ${mode}">
      <h1>Test your connection</h1>
      <p class="muted">Find out whether calls can connect from this device and this network, and what to do if they cannot.</p>
    </header>`;
  }
  return html`
    <header class="container top ${mode}">
      <h1>ice-servers-loader <span class="version">${__VERSION__}</span></h1>
      <p class="muted">Working ICE servers for the browser, tested from this device.</p>
      <p class="install"><code>npm install ice-servers-loader</code></p>
      <nav aria-label="Pages">
        <a href="./" aria-current="page">Connectivity</a>
        <a href="call.html">Live call</a>
        <a href="https://www.npmjs.com/package/ice-servers-loader">Documentation</a>
        <a href="https://www.metered.ca/docs/turn-rest-api/get-credential">TURN API</a>
      </nav>
    </header>
  `;
}

import { html, type TemplateResult } from 'lit';

/** Says what the page needs but does not have. */
export function unavailableView(missing: 'mint' | 'webrtc'): TemplateResult {
  return html`
    <section class="card" aria-label="Call">
      <h2>${missing === 'webrtc' ? 'This browser has no WebRTC' : 'This page needs the demo’s own server'}</h2>
      <p>${missing === 'webrtc' ? 'It cannot make a call. Open this page in a current Chrome, Edge, Firefox or Safari.' : mintWords}</p>
    </section>
  `;
}

const mintWords = html`It needs credentials that expire after a few seconds, and a server that creates them. Start one with
  <code>npm run demo</code>, and open the address that it prints.`;

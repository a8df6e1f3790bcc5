import { html, type TemplateResult } from 'lit';

/** Says what this page cannot do without. */
export const unavailableView = (missing: 'stand-in' | 'webrtc'): TemplateResult => html`
  <section class="card" aria-label="Call">
    <h2>${missing === 'webrtc' ? 'This browser has no WebRTC' : 'This page needs the demo’s own server'}</h2>
    <p>
      ${
        missing === 'webrtc'
          ? 'A call cannot be made here. Open this page in a current Chrome, Edge, Firefox or Safari.'
          : html`It takes passwords that die every few seconds, and a TURN server that hangs up when they do. Start both with
              <code>npm run demo</code>, and open the address that it prints.`
      }
    </p>
  </section>
`;

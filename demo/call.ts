import { render } from 'lit';
import { createCallPage } from './call/create-call-page.js';
import { callView } from './call/call-view.js';
import { unavailableView } from './call/unavailable-view.js';
import { fetchPageConfig } from './page-config.js';
import { errorWords } from './wording.js';

const root = document.querySelector<HTMLElement>('#page');
if (!root) throw new Error('The page has no #page element.');

try {
  const { rotating, apiKey } = await fetchPageConfig();
  root.replaceChildren();
  if (!rotating) render(unavailableView('stand-in'), root);
  else if (!('RTCPeerConnection' in window)) render(unavailableView('webrtc'), root);
  else {
    const { actions, refresh } = createCallPage(rotating, apiKey, (state) => render(callView(state, actions), root));
    refresh();
    // Counters and chart move on; what happens in between is kept.
    setInterval(refresh, 250);
  }
} catch (error) {
  root.textContent = errorWords(error);
}

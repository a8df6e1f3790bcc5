import { render } from 'lit';
import { callView } from './call/call-view.js';
import { Chart } from './call/chart.js';
import { createCallPage } from './call/create-call-page.js';
import { unavailableView } from './call/unavailable-view.js';
import { fetchPageConfig } from './page-config.js';
import { errorWords } from './wording.js';

async function main(root: HTMLElement): Promise<void> {
  const config = await fetchPageConfig();
  root.replaceChildren();
  const { mint } = config;
  if (!mint) return void render(unavailableView('mint'), root);
  if (!('RTCPeerConnection' in window)) return void render(unavailableView('webrtc'), root);

  const chart = new Chart();
  const frame = { chart: chart.element, mintPath: mint.endpoint };
  const actions = { start: () => page.start(), stop: () => page.stop() };
  const page = createCallPage({ ...config, mint }, (state) => {
    chart.draw(state);
    render(callView(state, actions, frame), root);
  });
}

const root = document.querySelector<HTMLElement>('#page')!;
main(root).catch((error: unknown) => {
  root.textContent = errorWords(error);
});

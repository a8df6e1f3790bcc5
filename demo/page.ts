import { render } from 'lit';
import { ConnectivityPage } from './page/connectivity-page.js';
import { acceptsCertificate } from './page/own-certificate.js';
import { takeAddress } from './page/page-address.js';
import { pageView, resultView } from './page/page-view.js';
import type { PageState } from './page/page-state.js';
import { fetchPageConfig, type PageConfig } from './page-config.js';
import { errorWords } from './wording.js';

async function main(root: HTMLElement): Promise<void> {
  const address = takeAddress();
  const config = await fetchPageConfig();
  const leavesOutTls = await mustLeaveOutTls(config);
  const notes = leavesOutTls
    ? [...config.notes, 'TLS is not tested here, because this browser does not accept the certificate of the demo’s server.']
    : config.notes;
  const page = new ConnectivityPage({ config: { ...config, notes }, address, leavesOutTls }, show);
  root.replaceChildren();
  show(page.state);
  addEventListener('hashchange', () => location.hash && void page.openResult(location.hash));

  function show(state: PageState): void {
    render(pageView(state, page.actions, page.element), root);
    render(resultView(state, page.actions), page.element);
  }
}

/** A problem with the stand-in's certificate would look like a problem with the network. */
async function mustLeaveOutTls({ ownCertificate }: PageConfig): Promise<boolean> {
  return ownCertificate !== undefined && 'RTCPeerConnection' in globalThis && !(await acceptsCertificate(ownCertificate));
}

const root = document.querySelector<HTMLElement>('#page')!;
main(root).catch((error: unknown) => {
  root.textContent = errorWords(error);
});

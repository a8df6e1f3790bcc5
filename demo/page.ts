import { render } from 'lit';
import { createPage } from './page/create-page.js';
import { fetchPageConfig } from './page-config.js';
import { view } from './page/view.js';
import { errorWords } from './wording.js';

const root = document.querySelector<HTMLElement>('#page');
if (!root) throw new Error('The page has no #page element.');

try {
  const config = await fetchPageConfig();
  root.replaceChildren();
  const { actions, refresh } = createPage(config, (state) => render(view(state, actions), root));
  refresh();
  // The ages tick; everything else changes by itself.
  setInterval(refresh, 1000);
} catch (error) {
  root.textContent = errorWords(error);
}

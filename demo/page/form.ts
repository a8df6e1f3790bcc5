import { appOrEndpoint, isSameApp, type Form } from '../app-address.js';
import type { PageConfig } from '../page-config.js';
import type { PageAddress } from './page-address.js';

type Pair = Pick<Form, 'app' | 'apiKey'>;

/** Returns the form when the page opens. The app in the link takes precedence, with the key that is known for that app only. */
export function firstForm(known: readonly Pair[], link: Partial<Form>): Form {
  const app = link.app ?? known[0]?.app ?? '';
  return { region: '', ...link, app, apiKey: known.find((pair) => isSameApp(pair.app, app))?.apiKey ?? '' };
}

/** Returns the form after an edit. The page's own key is removed if another app is entered, and returns with its app. */
export function editedForm(form: Form, change: Partial<Form>, own: Pair): Form {
  const edited = { ...form, ...change };
  if (change.app === undefined) return edited;
  if (isSameApp(edited.app, own.app)) return { ...edited, apiKey: edited.apiKey || own.apiKey };
  return edited.apiKey === own.apiKey ? { ...edited, apiKey: '' } : edited;
}

/** Returns the part of the link that is used. If the form is hidden, only the page's owner chooses where servers are loaded from. */
export function linkFor({ hidesForm }: PageConfig, { link }: PageAddress): PageAddress['link'] {
  if (!hidesForm) return link;
  return link.region === undefined ? {} : { region: link.region };
}

/** Returns whether servers can be loaded. Without a key in the form, that is known only of the endpoint that the page presets. */
export function canLoad({ app, apiKey }: Form, config: PageConfig): boolean {
  return app !== '' && (apiKey !== '' || (app === config.app && 'endpoint' in appOrEndpoint(app)));
}

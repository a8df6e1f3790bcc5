import { appOrEndpoint, isSameApp, type Form } from '../app-address.js';
import type { PageConfig } from '../page-config.js';
import type { PageAddress } from './page-address.js';

type Pair = Pick<Form, 'app' | 'apiKey'>;

/** Returns the form of a page that opens. The app of the link takes precedence, with the key that is known for that app and no other. */
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

/** A page whose form is hidden loads from where its owner says. */
export function linkFor({ hidesForm }: PageConfig, { link }: PageAddress): PageAddress['link'] {
  if (!hidesForm) return link;
  return link.region === undefined ? {} : { region: link.region };
}

/** Without a key in the form, only the endpoint that the page itself presets is known to have one. */
export function canLoad({ app, apiKey }: Form, config: PageConfig): boolean {
  return app !== '' && (apiKey !== '' || (app === config.app && 'endpoint' in appOrEndpoint(app)));
}

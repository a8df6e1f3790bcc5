import { appOrEndpoint, isSameApp, type Form } from '../app-address.js';
import type { PageConfig } from '../page-config.js';
import type { PageAddress } from './page-address.js';

type Pair = Pick<Form, 'app' | 'apiKey'>;

/** The form of a page that opens: the link's app comes first, with the key that is known for it and no other. */
export function firstForm(known: readonly Pair[], link: Partial<Form>): Form {
  const app = link.app ?? known[0]?.app ?? '';
  return { region: '', ...link, app, apiKey: known.find((pair) => isSameApp(pair.app, app))?.apiKey ?? '' };
}

/** The form after an edit: the key that the page came with leaves with its app, and comes back with it. */
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

/** Only an endpoint that the page itself names is known to hold the key. */
export function canLoad({ app, apiKey }: Form, config: PageConfig): boolean {
  return app !== '' && (apiKey !== '' || (app === config.app && 'endpoint' in appOrEndpoint(app)));
}

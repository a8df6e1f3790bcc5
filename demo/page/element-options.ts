import type { IceServersOptions } from 'ice-servers-loader';
import { loaderOptions } from '../app-address.js';
import type { PageState } from './page-state.js';

/** Returns the options of the element: those of the form, or of the problem that is simulated. */
export function elementOptions({ config, form, trouble }: PageState, leavesOutTls: boolean): IceServersOptions {
  const region = form.region && { region: form.region };
  if (trouble) {
    const endpoint = new URL(trouble.endpoint);
    if (leavesOutTls && !trouble.stopsTls) endpoint.searchParams.set('tls', 'none');
    return { endpoint, apiKey: config.apiKey, ...region, storage: 'memory' };
  }
  if (leavesOutTls && form.app === config.app) return { endpoint: config.appWithoutTls!, apiKey: form.apiKey, ...region };
  const expiresAt = form.apiKey === config.apiKey ? config.expiresAt : undefined;
  return loaderOptions(form, expiresAt);
}

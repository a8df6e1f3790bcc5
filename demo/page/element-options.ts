import type { IceServersOptions } from 'ice-servers-loader';
import { loaderOptions } from '../app-address.js';
import type { PageState } from './page-state.js';

/** Returns the element's options: from the form, or for the simulated problem. */
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

import type { IceServersOptions } from 'ice-servers-loader';
import { appOrEndpoint, isAppOrEndpoint, serviceHost } from '../app-address.js';
import { containsKey } from './without-secrets.js';

const notAnApp = 'This is neither an app name nor an address. An app name is the part before .metered.live, such as demo.';
const keyAsApp = 'This is a key, not an app name. The key goes into its own field; an app name is the part before .metered.live.';
export const demoUnreached =
  'This browser does not use the demo’s servers, because they are on this computer. This result says nothing about your calls. In Firefox, set media.peerconnection.ice.loopback to true in about:config, then test again. Or open the demo in Chrome or Edge.';

/** Says what is wrong with an app; empty if nothing is. A key in its place would become part of a host name, which DNS servers see. */
export function wrongAppWords(app: string): string {
  if (!isAppOrEndpoint(app)) return notAnApp;
  const found = appOrEndpoint(app);
  return containsKey('endpoint' in found ? appOf(found.endpoint) : app) ? keyAsApp : '';
}

/** Returns the app name in an endpoint's host; empty for any other host, which may be as long as a key. */
function appOf({ hostname }: URL): string {
  return /^([^.]+)(?:\.metered\.live\.?)?$/.exec(hostname)?.[1] ?? '';
}

/** Names the host that the servers come from, so that a misspelled app name or a blocked host is visible. */
export function hostWords({ endpoint, appName = '' }: IceServersOptions): string {
  return `The call servers are requested from ${serviceHost(String(endpoint ?? appName))}.`;
}

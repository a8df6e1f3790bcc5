import { isIceServersError, type IceServersErrorCode } from 'ice-servers-loader';
import { serviceHost } from '../app-address.js';
import { withoutSecrets } from './page-address.js';

export interface Problem {
  /** Why the servers could not be loaded. */
  readonly reason: string;
  /** What to do, or to ask the network's owner for. */
  readonly cure: string;
  /** For the box beside it: "HTTP 401". */
  readonly short: string;
}

type Words = readonly [reason: string, cure: string];

const whereTheNameIs = 'the part before .metered.live';

const words: Readonly<Partial<Record<IceServersErrorCode, Words>>> = {
  'invalid-api-key': [
    'The key was refused: it is wrong, has expired, was switched off, or belongs to another app.',
    'Ask whoever sent you here for the right app name and key.',
  ],
  'secret-key': [
    'This key is of another kind, which must not be used in a page.',
    'Ask whoever sent you here for another one. Tell them that this one was used in a page, and must be replaced.',
  ],
  'not-found': [
    'There is no app of this name: it may be misspelt.',
    `Check the app name under “App and key” (${whereTheNameIs}), or ask whoever sent you here.`,
  ],
  'invalid-request': [
    'The service does not understand the question: the app name, the key or the region may be misspelt.',
    'Check them under “App and key”, or ask whoever sent you here.',
  ],
  'rate-limited': ['The service was asked too often.', 'Wait a minute, then test again.'],
  'server-error': ['The service has a fault of its own.', 'Try again in a few minutes.'],
  timeout: ['The service did not answer in time.', 'Check that web pages open quickly on this device, then test again.'],
  'invalid-response': [
    'Something else answered in place of the service, often the login page of a hotel or a guest network.',
    'Open any web page, log in to this network, then test again.',
  ],
};

/** From outside a name that does not exist, no network and a blocked service look the same. */
const noAnswer = (app: string): Words =>
  navigator.onLine
    ? [
        'The service does not answer: the app name may be misspelt, this device may be offline, or something blocks the way.',
        `Check the app name under “App and key” (${whereTheNameIs}), and that web pages open on this device. If both are right, ask the owner of this network to let this page reach ${withoutSecrets(serviceHost(app)) || 'the address of the service'}.`,
      ]
    : ['This device is offline.', 'Connect this device to a network, then test again.'];

const notInForm = (message: string): Words => {
  if (message.includes('apiKey')) return ['The key is missing.', 'Enter it under “App and key”, then test again.'];
  if (/appName|endpoint/.test(message))
    return [
      'This is neither an app name nor an address.',
      `Correct it under “App and key”. An app name is ${whereTheNameIs}, such as demo.`,
    ];
  return ['Something in this page failed.', 'Open the page again, and try another browser where that does not help.'];
};

/** A failed load in words for somebody who runs no servers; `app` is what was asked for. */
export function problemOf(error: unknown, app: string): Problem {
  if (!isIceServersError(error)) {
    const [reason, cure] = notInForm(error instanceof Error ? error.message : '');
    return { reason, cure, short: 'failed' };
  }
  const [reason, cure] = words[error.code] ?? noAnswer(app);
  return { reason, cure, short: error.status && error.status >= 300 ? `failed, HTTP ${error.status}` : 'failed' };
}

/** Why no servers came; `undefined` for a code that says something else. */
export const reasonOf = (code: string, app: string): string | undefined =>
  code === 'network' ? noAnswer(app)[0] : Object.hasOwn(words, code) ? words[code as IceServersErrorCode]![0] : undefined;

import { isIceServersError, type IceServersErrorCode } from 'ice-servers-loader';
import { errorWords } from '../wording.js';

export interface Problem {
  /** Why the servers could not be loaded. */
  readonly reason: string;
  /** What to do, or to ask the network's owner for. */
  readonly cure: string;
  /** For the box beside it: "HTTP 401". */
  readonly short: string;
}

const newKey = 'Nothing. Ask whoever sent you here for the right name and key.';
const later = 'Nothing. The service has a problem of its own: try again in a few minutes.';

const words: Readonly<Partial<Record<IceServersErrorCode, readonly [reason: string, cure: string]>>> = {
  'invalid-api-key': ['The key was refused: it is wrong, has expired or was switched off.', newKey],
  'secret-key': [
    'This key is of another kind, which must not be used in a page.',
    'Nothing. Use the key of one credential, and replace this one.',
  ],
  'not-found': ['There is no app of this name.', newKey],
  'invalid-request': ['The service does not understand the question: the name, the key or the region is misspelt.', newKey],
  'rate-limited': ['The service was asked too often.', 'Nothing. Wait a minute, then test again.'],
  'server-error': ['The service answers that it is broken.', later],
  timeout: ['The service did not answer in time.', 'Check that web pages open quickly on this device, then test again.'],
  network: [
    'The service cannot be reached: this device is offline, or something blocks the way.',
    'Check that web pages open on this device. If they do: please allow HTTPS to the address of the service.',
  ],
  'invalid-response': [
    'Something else answered in place of the service, often the login page of a hotel or a guest network.',
    'Open any web page, log in to this network, then test again.',
  ],
};

/** A failed load in words for somebody who runs no servers. */
export function problemOf(error: unknown): Problem {
  const known = isIceServersError(error) ? words[error.code] : undefined;
  if (!isIceServersError(error) || !known)
    return { reason: errorWords(error), cure: 'Nothing. Correct what is named here, then test again.', short: 'failed' };
  return { reason: known[0], cure: known[1], short: error.status && error.status >= 300 ? `failed, HTTP ${error.status}` : 'failed' };
}

import { projectKey, realtimeKey, secretKey } from '../credentials/key-shapes.js';
import { IceServersError } from '../errors/ice-servers-error.js';
import { isText } from './validate.js';

/** Values that are often mistaken for the key of a credential. The first match decides. */
const otherKeys: readonly (readonly [shape: RegExp, advice: string])[] = [
  [realtimeKey, 'not a Realtime key'],
  [projectKey, 'not a project key'],
  [secretKey, 'not a Secret Key. Rotate that key, and keep it on a server'],
  [/^https?:\/\//i, 'not a full URL. Set that as endpoint'],
];

/**
 * Cleans a key that is not empty, and rejects one that does not belong to a credential before it is sent anywhere.
 *
 * @throws `IceServersError` `secret-key` if it is another kind of key
 */
export function readApiKey(given: string): string {
  const apiKey = withoutQuotes(given);
  const other = otherKeys.find(([shape]) => shape.test(apiKey));
  if (other)
    throw new IceServersError('secret-key', {
      message: `apiKey must be the API key of one TURN credential (dashboard: Show API Key), ${other[1]}.`,
    });
  return apiKey;
}

/** Returns whether a key is set. A setting that nobody filled in is an empty string or a pair of quotes. */
export function isKeySet(apiKey: unknown): apiKey is string {
  return isText(apiKey) && withoutQuotes(apiKey) !== '';
}

/** A key that is pasted from a file or an environment may bring whitespace and quotes along, and would then be refused with a 401. */
function withoutQuotes(text: string): string {
  return text
    .trim()
    .replace(/^(["'`])(.*)\1$/s, '$2')
    .trim();
}

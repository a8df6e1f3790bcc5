import { IceServersError } from '../errors/ice-servers-error.js';
import { isText } from './validate.js';

/** The shapes of what is often taken for a credential's key. The first that fits decides. */
const otherKeys: readonly (readonly [shape: RegExp, advice: string])[] = [
  [/^pk_live_/, 'not a Realtime key'],
  [/^pk_/, 'not a project key'],
  [/^sk_|^[\w-]{48}$/, 'not a Secret Key: rotate it, and keep it out of pages'],
  [/^https?:\/\//i, 'not a whole address: set that as endpoint'],
];

/**
 * Cleans a key, and stops one that is not a credential's before it is sent anywhere. The key is not empty.
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

/** Tells whether a key is there at all: a setting that was not filled in is empty text, or a pair of quotes. */
export function isKeySet(apiKey: unknown): apiKey is string {
  return isText(apiKey) && withoutQuotes(apiKey) !== '';
}

/** White space and quotes come along when a key is pasted from a file or an environment, and end in a plain 401. */
function withoutQuotes(text: string): string {
  return text
    .trim()
    .replace(/^(["'`])(.*)\1$/s, '$2')
    .trim();
}

import { IceServersError } from '../errors/ice-servers-error.js';
import { usageError } from '../errors/usage-error.js';

/** What an API key must be, in words that end a sentence. */
export const expectedApiKey = 'the API key of one TURN credential (dashboard: Show API Key)';

/** The documented shapes of keys that are not a credential's. The first that fits decides. */
const otherKeys: readonly (readonly [shape: RegExp, name: string])[] = [
  [/^pk_live_/, 'a Realtime key'],
  [/^pk_/, 'a project key'],
  [/^sk_|^[\w-]{48}$/, 'a Secret Key: rotate it, and keep it out of pages'],
];

/**
 * Cleans a key, and stops one that is not a credential's before it is sent anywhere.
 *
 * @throws `TypeError` if it is empty, `IceServersError` `secret-key` if it is another kind of key
 */
export function readApiKey(given: string): string {
  const apiKey = withoutQuotes(given);
  if (apiKey === '') throw usageError(`apiKey is missing: ${expectedApiKey}`);
  const other = otherKeys.find(([shape]) => shape.test(apiKey));
  if (other) throw new IceServersError('secret-key', { message: `apiKey must be ${expectedApiKey}, not ${other[1]}.` });
  return apiKey;
}

/** White space and quotes come along when a key is pasted from a file or an environment, and end in a plain 401. */
function withoutQuotes(text: string): string {
  return text
    .trim()
    .replace(/^(["'`])(.*)\1$/s, '$2')
    .trim();
}

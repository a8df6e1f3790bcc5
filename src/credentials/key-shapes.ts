// The API key of a credential has 36 hexadecimal digits, and the Secret Key of an account 48 characters. Keys of other products have a prefix.

/** A text that is a key as a whole, in lower case. A UUID is not one: it may be the name of an app. */
export const wholeKey: RegExp = /^(?:[\da-f]{36}|[\w-]{48}|[ps]k_[\w-]{16,})$/;

/** A key anywhere in a text, which must not be shown then. This may match what is not a key. */
export const keyInText: RegExp = /[\da-f]{36}|[\w-]{48}|\b[ps]k_/i;

export const realtimeKey: RegExp = /^pk_live_/;
export const projectKey: RegExp = /^pk_/;
export const secretKey: RegExp = /^sk_|^[\w-]{48}$/;

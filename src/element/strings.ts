import { english } from './english.js';
import { developerEnglish } from './english-developer.js';
import type { CustomerStringKey, DeveloperStringKey } from './string-keys.js';

/** The names of all strings that the element shows. */
export type StringKey = CustomerStringKey | DeveloperStringKey;

/** All strings that the element shows, by name. `{name}` in a string stands for a value. */
export type IceStrings = Record<StringKey, string>;

/** Returns a sentence with its values. */
export type Translate = (key: StringKey, values?: Readonly<Record<string, string | number>>) => string;

export const defaultStrings: Readonly<IceStrings> = { ...english, ...developerEnglish };

export function translator(strings: Readonly<IceStrings>): Translate {
  return (key, values = {}) =>
    strings[key].replace(/\{(\w+)\}/g, (place, name: string) => String(Object.hasOwn(values, name) ? values[name] : place));
}

/** Returns whether there is such a string. Codes and statuses of a later version have none yet. */
export function isStringKey(key: string): key is StringKey {
  return Object.hasOwn(defaultStrings, key);
}

/** Returns all sentences: the given ones, and English for the rest. */
export function withEnglish(strings?: Partial<IceStrings> | null): IceStrings {
  const known = Object.entries(strings ?? {}).filter(([key, sentence]) => isStringKey(key) && typeof sentence === 'string');
  return { ...defaultStrings, ...Object.fromEntries(known) };
}

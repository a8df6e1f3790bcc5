import { usageError } from '../errors/usage-error.js';
import type { IceServersOptions } from '../types.js';

type Dataset = Readonly<Record<string, string | undefined>>;

/** The options that an attribute can hold, and how the text of the attribute is read. */
const readers = {
  apiKey: readText,
  appName: readText,
  endpoint: readText,
  region: readText,
  cacheKey: readText,
  storage: readText,
  maxAge: readNumber,
  staleIfError: readNumber,
  timeout: readNumber,
  maxUrls: readNumber,
  expiresAt: readDate,
  autoRefresh: readBoolean,
} satisfies Partial<Record<keyof IceServersOptions, (text: string) => unknown>>;

const names = Object.keys(readers) as (keyof typeof readers)[];

/**
 * Finds the options in the `data-*` attributes of a script tag. Returns `undefined` if there are none.
 *
 * @returns a function that reads the options. It throws a `TypeError` for a misspelled attribute, such as `data-apikey`.
 */
export function findScriptOptions(dataset: Dataset): (() => IceServersOptions) | undefined {
  const ours = Object.keys(dataset).filter((given) => optionName(given) !== undefined);
  if (ours.length === 0) return undefined;
  return () => Object.fromEntries(ours.map((given) => readOption(given, dataset[given]!)));
}

function readOption(given: string, text: string): [name: string, value: unknown] {
  const name = optionName(given)!;
  if (name !== given) throw usageError(`${attributeName(given)} must be spelled ${attributeName(name)}`);
  return [name, readers[name](text)];
}

/** Returns the option that an attribute means, regardless of capitals, hyphens and underscores. */
function optionName(given: string): keyof typeof readers | undefined {
  return names.find((name) => plainSpelling(name) === plainSpelling(given));
}

function plainSpelling(name: string): string {
  return name.replace(/[\W_]/g, '').toLowerCase();
}

function attributeName(name: string): string {
  return `data-${name.replace(/[A-Z]/g, '-$&').toLowerCase()}`;
}

function readText(text: string): string {
  return text;
}

/** A blank attribute is not a number, although `Number` reads it as 0. */
function readNumber(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}

function readDate(text: string): number | Date {
  return Number.isNaN(Number(text)) ? new Date(text) : Number(text);
}

/** An attribute without a value means true, as in HTML. The check of the option rejects any other word. */
function readBoolean(text: string): unknown {
  if (text === '' || text === 'true') return true;
  return text === 'false' ? false : text;
}

import { usageError } from '../errors/usage-error.js';

/** What a value must be, in words that end the sentence "… must be", and the function that checks it. */
export interface OptionCheck {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

export type OptionChecks = Readonly<Record<string, OptionCheck>>;

/** A message repeats only a plain word. Any other name may be a key that was passed in the wrong place. */
const plainWord = /^[a-z_]{1,24}$/i;

/**
 * Checks an options object and returns the options that are set. No message repeats a value, which may be a secret.
 *
 * @param loadChecks the options of `load`: one of them in the wrong place is told where it belongs
 * @throws `TypeError` that names the option and what it must be
 */
export function validateOptions<T extends object>(options: T, checks: OptionChecks, loadChecks: OptionChecks = {}): T {
  const names = Object.keys(checks).join(', ');
  if (!isObject(options)) throw usageError(`options must be an object, which may have ${names}`);
  const given = Object.entries(options);
  for (const [name, value] of given) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (!check) throw unknownOption(name, names, Object.hasOwn(loadChecks, name));
    if (value !== undefined && (value === null || !check.accepts(value))) {
      throw usageError(`${name} must be ${check.expected} (received: ${describeType(value)})`);
    }
  }
  return Object.fromEntries(given.filter(([, value]) => value !== undefined)) as T;
}

/** Returns the options that a whole URL stands for; other options as they are. */
export function withEndpoint<T extends object>(given: T | string | URL): T | { endpoint: string | URL } {
  return isAddress(given) ? { endpoint: given } : given;
}

/** Returns whether the value has a type that an endpoint may have. */
export function isAddress(value: unknown): value is string | URL {
  return isText(value) || value instanceof URL;
}

export function isObject(value: unknown): value is object {
  return Object(value) === value;
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

export function isFunction(value: unknown): value is (...values: never[]) => unknown {
  return typeof value === 'function';
}

export function isPositive(value: unknown): value is number {
  return typeof value === 'number' && value > 0;
}

/** Epoch seconds are about 1e9. Read as milliseconds, they would be a day in January 1970. */
const smallestEpochMs = 1e11;

export function isEpochMs(value: unknown): value is number {
  return isPositive(value) && value > smallestEpochMs;
}

/** The check of every `signal` option. */
export const signalCheck: OptionCheck = {
  expected: 'an AbortSignal',
  accepts: (value) => isFunction((value as AbortSignal).throwIfAborted),
};

function unknownOption(name: string, names: string, isLoadOption: boolean): TypeError {
  const shownName = plainWord.test(name) ? ` ${name}` : '';
  const hint = isLoadOption ? ', which belongs to load()' : '';
  return usageError(`unknown option${shownName}${hint}; the options are ${names}`);
}

function describeType(value: unknown): string {
  return value === null || Number.isNaN(value) ? String(value) : typeof value;
}

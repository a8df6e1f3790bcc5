import type { KeepFreshOptions, LoadOptions } from '../types.js';
import { isPositive, signalCheck, validateOptions, type OptionCheck } from './validate.js';

type CacheMode = NonNullable<LoadOptions['cache']>;

const cacheModes: ReadonlySet<unknown> = /* @__PURE__ */ new Set<CacheMode>(['default', 'reload', 'no-store', 'only-if-cached']);

/** The check of every option in seconds that may be 0. */
export const secondsCheck: OptionCheck = {
  expected: 'seconds, 0 or more',
  accepts: (value) => value === 0 || isPositive(value),
};

const loadChecks = {
  signal: signalCheck,
  cache: {
    expected: '"default" or "reload" or "no-store" or "only-if-cached"',
    accepts: (value: unknown) => cacheModes.has(value),
  },
  minValidity: secondsCheck,
};

/** Checks what one call of `load` was given. */
export function readLoadOptions(options: LoadOptions): LoadOptions {
  return validateOptions(options, loadChecks);
}

/** Checks what `keepFresh` was given beside connection and source. */
export function readKeepFreshOptions(options: KeepFreshOptions): KeepFreshOptions {
  return validateOptions(options, { signal: signalCheck });
}

/** Names the function that has the option. */
export function ownerOfCallOption(name: string): string | undefined {
  return Object.hasOwn(loadChecks, name) ? 'load()' : undefined;
}

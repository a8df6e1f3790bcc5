import type { KeepFreshOptions, LoadOptions } from '../types.js';
import { isPositive, signalCheck, validateOptions, type OptionCheck, type OptionChecks } from './validate.js';

type CacheMode = NonNullable<LoadOptions['cache']>;

const cacheModes: ReadonlySet<unknown> = /* @__PURE__ */ new Set<CacheMode>(['default', 'reload', 'no-store', 'only-if-cached']);

/** The check of every option that is a number of seconds and may be 0. */
export const secondsCheck: OptionCheck = {
  expected: 'a number of seconds, 0 or more',
  accepts: (value) => value === 0 || isPositive(value),
};

/** The options of one `load` call. */
export const loadChecks: OptionChecks = {
  signal: signalCheck,
  cache: {
    expected: '"default", "reload", "no-store" or "only-if-cached"',
    accepts: (value: unknown) => cacheModes.has(value),
  },
  minValidity: secondsCheck,
};

/** Checks the options of one `load` call. */
export function readLoadOptions(options: LoadOptions): LoadOptions {
  return validateOptions(options, loadChecks);
}

/** Checks the options of one `keepFresh` call. */
export function readKeepFreshOptions(options: KeepFreshOptions): KeepFreshOptions {
  return validateOptions(options, { signal: signalCheck });
}

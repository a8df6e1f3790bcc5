import { wrong } from './errors.js';
import type { IceServersOptions } from './types.js';

const names = ['apiKey', 'appName', 'endpoint', 'region', 'storage', 'maxAge', 'staleIfError', 'timeout', 'maxUrls', 'expiresAt'];

const attributeOf = (name: string): string => `data-${name.replace(/[A-Z]/g, '-$&').toLowerCase()}`;

const spelling = (name: string): string => name.replace(/[\W_]/g, '').toLowerCase();

const valueOf = (name: string, text: string): unknown => {
  // The numbers, by their names: the script tag's file has no room for a second list.
  if (/max|stale|time/.test(name)) return text.trim() ? +text : NaN;
  if (name === 'expiresAt') return Number.isNaN(+text) ? new Date(text) : +text;
  return text;
};

/**
 * Reads the options in a script tag's `data-*` attributes; `undefined` where none is ours. What it gives throws a TypeError for one that
 * is ours but for the spelling (`data-apikey`).
 */
export const optionsOf = (dataset: Readonly<Record<string, string | undefined>>): (() => IceServersOptions) | undefined => {
  const nameOf = (given: string): string | undefined => names.find((name) => spelling(name) === spelling(given));
  const ours = Object.keys(dataset).filter(nameOf);
  return ours.length
    ? () =>
        Object.fromEntries(
          ours.map((given) => {
            const name = nameOf(given)!;
            if (name !== given) throw wrong(`${attributeOf(given)} must be ${attributeOf(name)}`);
            return [name, valueOf(name, dataset[name]!)];
          }),
        )
    : undefined;
};

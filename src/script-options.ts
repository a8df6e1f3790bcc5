import type { IceServersOptions } from './types.js';

const texts = ['apiKey', 'appName', 'endpoint', 'region', 'storage'];
const numbers = ['maxAge', 'staleIfError', 'timeout', 'maxUrls'];
const names = [...texts, ...numbers, 'expiresAt'];

const spelling = (name: string): string => name.replace(/\W/g, '').toLowerCase();

const valueOf = (name: string, text: string): unknown => {
  if (numbers.includes(name)) return text.trim() ? +text : NaN;
  if (name === 'expiresAt') return Number.isNaN(+text) ? new Date(text) : +text;
  return text;
};

/**
 * The options in a script tag's `data-*` attributes, or `undefined` where none is ours. One that is ours but for the spelling
 * (`data-apikey`) comes along under its own name, so that the check of the options can name the right one.
 */
export const optionsOf = (dataset: Readonly<Record<string, string | undefined>>): IceServersOptions | undefined => {
  const ours = Object.entries(dataset).filter(([name]) => names.some((known) => spelling(known) === spelling(name)));
  return ours.length ? (Object.fromEntries(ours.map(([name, text]) => [name, valueOf(name, text ?? '')])) as IceServersOptions) : undefined;
};

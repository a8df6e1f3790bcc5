import type { ServerResult } from '../connectivity.js';
import { keyInText } from '../credentials/key-shapes.js';
import type { IceLoad } from './types.js';

/** Two or three digits are enough to compare. A load from memory takes hundredths of a millisecond. */
export function milliseconds(value: number): string {
  if (value >= 1000) return `${(value / 1000).toFixed(1)} s`;
  if (value >= 10) return `${Math.round(value)} ms`;
  return `${value.toFixed(value < 1 ? 2 : 1)} ms`;
}

/** @param share 0 to 1 */
export function percent(share: number): string {
  const value = share * 100;
  return `${value > 0 && value < 10 ? value.toFixed(1) : Math.round(value)}%`;
}

/** Returns a time in ISO 8601 with the offset of the device's time zone: `2025-03-01T14:03:05+01:00`. */
export function localIsoTime(date: Date): string {
  const offsetMinutes = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + offsetMinutes * 60_000).toISOString().slice(0, 19);
  const size = Math.abs(offsetMinutes);
  const [hours, minutes] = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0'));
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${hours}:${minutes}`;
}

export function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Returns a date and a time for a person. @param language an empty one is the browser's */
export function readableTime(isoTime: string, language: string): string {
  return new Date(isoTime).toLocaleString(language || undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** Returns a date and a time of another device, in its own time zone: `29 Nov 2026, 14:05 +01:00`. */
export function zonedTime(isoTime: string, language: string): string {
  const [, local = '', offset = ''] = /^(.{19})(.*)$/.exec(isoTime) ?? [];
  const words = new Date(`${local}Z`).toLocaleString(language || undefined, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
  return `${words} ${offset}`;
}

/** Returns the code of a failed load, and the status if there was a response: `not-found, HTTP 404`. It is empty if there is no code. */
export function failureCode({ error, status }: Pick<IceLoad, 'error' | 'status'>): string {
  if (!error) return '';
  return status ? `${error}, HTTP ${status}` : error;
}

/** Returns the ICE errors of a URL with their times: `701 (120 ms), 401 (1.2 s)`. */
export function errorCodes(errors: ServerResult['errors']): string {
  return errors.map(({ code, elapsed }) => `${code} (${milliseconds(elapsed)})`).join(', ');
}

/** Returns the part of an address or a name that may be shown: without query, fragment and user, and nothing that looks like a key. */
export function withoutSecrets(text: string): string {
  const bare = text.replace(/[?#].*/s, '').replace(/\/\/[^/]*@/, '//');
  return keyInText.test(bare) ? '' : bare;
}

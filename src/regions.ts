/**
 * The region names that Metered documents for Get Credential. The `region` option accepts any other string as well.
 *
 * Source: https://www.metered.ca/docs/turn-rest-api/get-credential
 *
 * @example
 * ```ts
 * import { regions } from 'ice-servers-loader';
 *
 * const choices = regions.map((region) => new Option(region));
 * ```
 */
export const regions = [
  'global',
  'north_america',
  'europe',
  'eu',
  'asia',
  'oceania',
  'us_west',
  'us_central',
  'us_east',
  'canada_central',
  'canada_east',
  'europe_west',
  'europe_central',
  'asia_west',
  'asia_east',
  'canada',
  'usa',
  'uk',
  'singapore',
  'india',
  'australia',
  'standard',
] as const;

/** One of the documented region names. */
export type Region = (typeof regions)[number];

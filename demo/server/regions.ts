/** The label that each documented region name has in front of `.relay.metered.ca`. */
const labels: Readonly<Record<string, string>> = {
  global: 'global',
  north_america: 'na',
  europe: 'europe',
  eu: 'eu',
  asia: 'asia',
  oceania: 'oceania',
  us_west: 'us-west',
  us_central: 'us-central',
  us_east: 'us-east',
  canada_central: 'ca-central',
  canada_east: 'ca-east',
  europe_west: 'eu-west',
  europe_central: 'eu-central',
  asia_west: 'asia-west',
  asia_east: 'asia-east',
  canada: 'ca',
  usa: 'us',
  uk: 'uk',
  singapore: 'sg',
  india: 'in',
  australia: 'au',
  standard: 'standard',
};

/** Browsers resolve every name under `.localhost` to this computer without DNS, also in WebRTC. */
const domain = 'relay.localhost';

export const defaultRegion = 'global';

export const regionNames: readonly string[] = Object.keys(labels);

/** The region's TURN host. Metered does not document what an unknown name gets. Here, it gets the default region. */
export function turnHost(region: string = defaultRegion): string {
  const known = Object.hasOwn(labels, region) ? region : defaultRegion;
  return `${labels[known]}.${domain}`;
}

export const turnHosts: readonly string[] = regionNames.map((region) => turnHost(region));

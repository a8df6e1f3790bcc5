import { describe, expect, it } from 'vitest';
import { regions } from '../../src/index.js';
import { address, apiKey } from '../support/endpoint.js';
import { requestAddress, requestedAddress } from '../support/options.js';

describe('the region', () => {
  it.each(regions)('%s is sent unchanged', async (region) => {
    expect(await requestedAddress({ appName: 'demo', apiKey, region })).toBe(`${requestAddress()}&region=${region}`);
  });

  it('may be one that is not listed yet', async () => {
    expect(await requestedAddress({ appName: 'demo', apiKey, region: 'mars_north' })).toBe(`${requestAddress()}&region=mars_north`);
  });

  it.each(['', ' ', undefined])('%j is left out of the request', async (region) => {
    expect(await requestedAddress({ appName: 'demo', apiKey, region })).toBe(requestAddress());
  });

  it('is trimmed', async () => {
    expect(await requestedAddress({ appName: 'demo', apiKey, region: ' europe ' })).toBe(`${requestAddress()}&region=europe`);
  });

  it('may be in the address', async () => {
    expect(await requestedAddress(`${address}?apiKey=${apiKey}&region=asia`)).toBe(`${requestAddress()}&region=asia`);
  });

  it('that is empty in the address is left out', async () => {
    expect(await requestedAddress(`${address}?apiKey=${apiKey}&region=`)).toBe(requestAddress());
  });

  it('as an option overrides the one in the address', async () => {
    expect(await requestedAddress({ endpoint: `${address}?region=asia`, apiKey, region: 'europe' })).toBe(
      `${requestAddress()}&region=europe`,
    );
  });

  it('is one of the 22 documented names', () => {
    expect(regions).toHaveLength(22);
    expect(new Set(regions).size).toBe(22);
    expect(regions).toEqual(expect.arrayContaining(['global', 'north_america', 'europe', 'us_central', 'canada_east', 'standard']));
  });
});

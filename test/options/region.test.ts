import { describe, expect, it } from 'vitest';
import { regions } from '../../src/index.js';
import { address, apiKey } from '../support/endpoint.js';
import { requestAddress, requestedAddress } from '../support/options.js';

describe('the region', () => {
  it.each(regions)('%s is sent as it is', async (region) => {
    expect(await requestedAddress({ appName: 'demo', apiKey, region })).toBe(`${requestAddress()}&region=${region}`);
  });

  it('may be one that is not in the list yet', async () => {
    expect(await requestedAddress({ appName: 'demo', apiKey, region: 'mars_north' })).toBe(`${requestAddress()}&region=mars_north`);
  });

  it.each(['', ' ', undefined])('%j is left out of the request', async (region) => {
    expect(await requestedAddress({ appName: 'demo', apiKey, region })).toBe(requestAddress());
  });

  it('loses its white space', async () => {
    expect(await requestedAddress({ appName: 'demo', apiKey, region: ' europe ' })).toBe(`${requestAddress()}&region=europe`);
  });

  it('in the address counts', async () => {
    expect(await requestedAddress(`${address}?apiKey=${apiKey}&region=asia`)).toBe(`${requestAddress()}&region=asia`);
  });

  it('that is empty in the address is left out', async () => {
    expect(await requestedAddress(`${address}?apiKey=${apiKey}&region=`)).toBe(requestAddress());
  });

  it('as an option stands before the one in the address', async () => {
    expect(await requestedAddress({ endpoint: `${address}?region=asia`, apiKey, region: 'europe' })).toBe(
      `${requestAddress()}&region=europe`,
    );
  });

  it('has the 22 documented names', () => {
    expect(regions).toHaveLength(22);
    expect(new Set(regions).size).toBe(22);
    expect(regions).toEqual(expect.arrayContaining(['global', 'north_america', 'europe', 'us_central', 'canada_east', 'standard']));
  });
});

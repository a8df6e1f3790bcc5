import { describe, expect, it } from 'vitest';
import { withoutKeyInAddress } from '../../demo/app-address.js';

const apiKey = '0123456789abcdef0123456789abcdef0123';

describe('an address that is pasted into the field of the app', () => {
  it.each([
    [
      'gives its key and region to their fields',
      `https://demo.metered.live/turn?apiKey=${apiKey}&region=asia`,
      'https://demo.metered.live/turn',
    ],
    ['keeps its own parameters', `https://app.example/turn?tenant=5&apiKey=${apiKey}&region=asia`, 'https://app.example/turn?tenant=5'],
    ['loses its fragment', `https://app.example/turn?apiKey=${apiKey}&region=asia#top`, 'https://app.example/turn'],
  ])('%s', (_, app, rest) => {
    expect(withoutKeyInAddress({ app, apiKey: '', region: '' })).toEqual({ app: rest, apiKey, region: 'asia' });
  });

  it('leaves the fields alone if it has neither key nor region', () => {
    const form = { app: 'https://app.example/turn?tenant=5', apiKey, region: 'europe' };
    expect(withoutKeyInAddress(form)).toEqual(form);
  });
});

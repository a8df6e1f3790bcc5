import type { PageConfig } from '../demo/page-config.js';
import { expect, test } from './support/demo.js';

test('the demo page gets a key that expires from its own server, and loads ICE servers with it', async ({ demoPage }) => {
  const loaded = await demoPage.evaluate(async () => {
    const { mint, app } = (await (await fetch('/demo-config.json')).json()) as PageConfig;
    const { apiKey, expiryInSeconds } = (await (await fetch(mint!.endpoint)).json()) as { apiKey: string; expiryInSeconds: number };
    const servers = (await (await fetch(`${app}?apiKey=${apiKey}`)).json()) as RTCIceServer[];
    return {
      hasTheUsualLife: expiryInSeconds === mint!.lifeSeconds,
      hasTurn: servers.some(({ urls }) => String(urls).startsWith('turn:')),
    };
  });
  expect(loaded).toEqual({ hasTheUsualLife: true, hasTurn: true });
});

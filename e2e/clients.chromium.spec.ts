import type { Page } from '@playwright/test';
import type { StandIn } from '../demo/server/stand-in.js';
import { startLibp2pRelay } from './support/libp2p-relay.js';
import { openRecipe, pathsIn } from './support/recipes.js';
import { startPeerServer, startYWebrtcServer } from './support/signalling.js';
import { expect, test } from './support/test.js';

test('simple-peer connects through the relay with what the loader gives', async ({ page, site, standIn }) => {
  await openRecipe(page, site, standIn, 'simple-peer.ts');
  expect(await page.evaluate(() => window.carry('hello', 0))).toBe('hello');
  expect(await pathsIn(page)).toEqual(['relay to relay', 'relay to relay']);
});

test('PeerJS connects through the relay with what the loader gives', async ({ page, site, standIn }) => {
  const server = await startPeerServer();
  try {
    await openRecipe(page, site, standIn, 'peerjs.ts');
    expect(await page.evaluate((port) => window.carry('hello', port), server.port)).toBe('hello');
    expect(await pathsIn(page)).toEqual(['relay to relay', 'relay to relay']);
  } finally {
    await page.close();
    await server.stop();
  }
});

test('y-webrtc shares a document through the relay with what the loader gives', async ({ browser, site, standIn }) => {
  const server = await startYWebrtcServer();
  // In one context the tabs would meet on a BroadcastChannel.
  const contexts = [await browser.newContext(), await browser.newContext()];
  try {
    const [near, far] = await Promise.all(contexts.map((context) => context.newPage()));
    for (const page of [near!, far!]) {
      await openRecipe(page, site, standIn, 'y-webrtc.ts');
      await page.evaluate((port) => window.share(port), server.port);
    }
    await near!.evaluate(() => window.text.insert(0, 'hello'));
    await expect.poll(() => far!.evaluate(() => window.text.toJSON())).toBe('hello');
    expect(await pathsIn(near!)).toEqual(['relay to relay']);
  } finally {
    for (const context of contexts) await context.close();
    await server.stop();
  }
});

test('libp2p connects through the relay with what the loader gives', async ({ page, site, standIn }) => {
  const relay = await startLibp2pRelay();
  try {
    await openRecipe(page, site, standIn, 'libp2p.ts');
    await page.evaluate((address) => window.dialOver(address), relay.address);
    await page.waitForFunction(() => window.connections.filter(({ connectionState }) => connectionState === 'connected').length === 2);
    // It takes no more candidates once it has connected, so an end may know the other's relay by its packets only.
    await expect.poll(() => pathsIn(page)).toEqual(Array(2).fill(expect.stringMatching(/^relay to (relay|prflx)$/)));
  } finally {
    await page.close();
    await relay.stop();
  }
});

const expectServersAndPolicy = async (page: Page, { turn }: StandIn): Promise<void> => {
  const { iceServers, iceTransportPolicy } = await page.evaluate(() => window.connections.at(-1)!.getConfiguration());
  expect(iceTransportPolicy).toBe('relay');
  expect(iceServers!.flatMap(({ urls }) => urls)).toContain(`turn:global.relay.localhost:${turn.port}`);
};

test('mediasoup-client hands the servers and the policy to its connection', async ({ page, site, standIn }) => {
  await openRecipe(page, site, standIn, 'mediasoup-client.ts');
  // Its device makes another one before, to see what the browser can do.
  await page.evaluate(() => window.carry('', 0));
  await expectServersAndPolicy(page, standIn);
});

test('livekit-client hands the servers and the policy to its connection', async ({ page, site, standIn }) => {
  await page.routeWebSocket('ws://livekit.test/**', () => {});
  await openRecipe(page, site, standIn, 'livekit-client.ts');
  await page.evaluate(() => window.share(0));
  await page.waitForFunction(() => window.connections.length > 0);
  await expectServersAndPolicy(page, standIn);
});

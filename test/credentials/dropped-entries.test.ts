import { describe, expect, it } from 'vitest';
import { whyConstructorThrows } from '../support/constructor-oracle.js';
import { json, meteredBody } from '../support/endpoint.js';
import { openTab, urlsOf } from '../support/loaders.js';
import { failureOf, settle } from '../support/world.js';

const pair = { username: 'user', credential: 'secret' };

const stun = { urls: 'stun:stun.example.com:80' };

describe('through load', () => {
  it('C-57: one bad entry is dropped and reported in the status, and the rest is what a constructor takes', async () => {
    const body = [
      ...meteredBody(),
      { urls: 'stun:stun.example.com?transport=udp' },
      { urls: 'turn:turn.example.com' },
      { urls: 'http://x' },
    ];
    const { loader } = openTab({}, json(body));
    const configuration = await settle(loader.load());
    expect(urlsOf(configuration)).toEqual(urlsOf({ iceServers: meteredBody() }));
    expect(whyConstructorThrows(configuration)).toBeUndefined();
    expect(loader.status?.dropped).toBe(3);
  });

  it('C-57: an answer without a good TURN entry is invalid-response, not a silent list of STUN servers', async () => {
    const { loader } = openTab({}, json([stun, { urls: 'turn:turn.example.com' }]));
    expect(await failureOf(loader.load())).toMatchObject({ code: 'invalid-response' });
  });

  it('what was dropped is told again after a reload of the page', async () => {
    const { loader, anotherTab } = openTab({}, json([...meteredBody(), { urls: 'x' }]));
    await settle(loader.load());
    const second = anotherTab();
    await settle(second.load());
    expect(second.status).toMatchObject({ source: 'indexeddb', dropped: 1 });
  });

  it('nothing was dropped of a good answer', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    expect(loader.status?.dropped).toBe(0);
  });
});

describe('an answer whose TURN server is unreadable', () => {
  it.each([
    ['in the old spelling', { url: 'turn:turn.example.com', ...pair }],
    ['behind white space', { urls: ' turn:turn.example.com', ...pair }],
    ['in a list of lists', { urls: [['turn:turn.example.com']], ...pair }],
  ])('(%s) is invalid, and not a list of STUN alone', async (_, entry) => {
    const { loader } = openTab({}, json([{ urls: 'stun:stun.example.com' }, entry]));
    expect(await failureOf(loader.load())).toMatchObject({ code: 'invalid-response' });
  });
});

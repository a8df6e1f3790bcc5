import { describe, expect, it } from 'vitest';
import { whyConstructorThrows } from '../support/constructor-oracle.js';
import { json, meteredBody } from '../support/endpoint.js';
import { openTab, urlsOf } from '../support/loaders.js';
import { failureOf, settle } from '../support/world.js';

const pair = { username: 'user', credential: 'secret' };

const stun = { urls: 'stun:stun.example.com:80' };

describe('load', () => {
  it('C-57: drops a bad entry, counts it in the status, and returns servers that a constructor accepts', async () => {
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

  it('C-57: rejects with invalid-response, and does not return STUN servers alone, if every TURN entry is bad', async () => {
    const { loader } = openTab({}, json([stun, { urls: 'turn:turn.example.com' }]));
    expect(await failureOf(loader.load())).toMatchObject({ code: 'invalid-response' });
  });

  it('still counts the dropped entries after a page reload', async () => {
    const { loader, anotherTab } = openTab({}, json([...meteredBody(), { urls: 'x' }]));
    await settle(loader.load());
    const second = anotherTab();
    await settle(second.load());
    expect(second.status).toMatchObject({ source: 'indexeddb', dropped: 1 });
  });

  it('counts no dropped entry of a good answer', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    expect(loader.status?.dropped).toBe(0);
  });
});

describe('an answer whose TURN server is unreadable', () => {
  it.each([
    ['with the old name url', { url: 'turn:turn.example.com', ...pair }],
    ['after a quotation mark', { urls: '"turn:turn.example.com', ...pair }],
    ['in a nested list', { urls: [['turn:turn.example.com']], ...pair }],
  ])('(%s) is an invalid response, and not a list of STUN servers alone', async (_, entry) => {
    const { loader } = openTab({}, json([{ urls: 'stun:stun.example.com' }, entry]));
    expect(await failureOf(loader.load())).toMatchObject({ code: 'invalid-response' });
  });
});

import { describe, expect, it } from 'vitest';
import { openTab } from '../support/loaders.js';
import { failureOf, settle } from '../support/world.js';

describe('a wrong option of load', () => {
  it.each([
    ['cache', 'force-cache', /"default", "reload", "no-store" or "only-if-cached"/],
    ['cache', 7, /default.*reload/],
    ['cache', 'preload', /default.*reload/],
    ['cache', 'defaults', /default.*reload/],
    ['minValidity', -1, /seconds/],
    ['minValidity', NaN, /seconds/],
    ['minValidity', '60', /seconds/],
    ['cache', ['reload'], /default.*reload/],
    ['signal', {}, /AbortSignal/],
    ['signal', new EventTarget(), /AbortSignal/],
  ])('%s: %j rejects with a TypeError that names the option and the fix', async (name, value, cure) => {
    const { loader, endpoint } = openTab();
    const error = (await failureOf(loader.load({ [name]: value }))) as Error;
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(new RegExp(`${name} must be`));
    expect(error.message).toMatch(cure);
    expect(endpoint.requests).toEqual([]);
  });

  it('that is inherited is ignored, as with the options of a loader', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    await settle(loader.load(Object.create({ cache: 'no-store' }) as object));
    expect(loader.status).toMatchObject({ source: 'memory' });
  });

  it('that does not exist rejects with a TypeError that lists the existing ones', async () => {
    const error = (await failureOf(openTab().loader.load({ force: true } as object))) as Error;
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/force.*signal.*cache.*minValidity/);
  });
});

import { describe, expect, it } from 'vitest';
import { endlessBody, good, json, meteredBody, text, type Answer } from '../support/endpoint.js';
import { openTab, userOf } from '../support/loaders.js';
import { failureOf, outcomeOf, secondMs, settle } from '../support/world.js';

describe('a body', () => {
  it('C-49: that never ends rejects with timeout after timeout', async () => {
    const { loader, endpoint } = openTab({ timeout: 3000 });
    endpoint.always(endlessBody());
    const { error, ms } = await outcomeOf(loader.load());
    expect(error).toMatchObject({ code: 'timeout' });
    expect(ms).toBe(3000);
    expect(endpoint.requests).toHaveLength(1);
  });

  it.each([401, 500])('C-49: of a %i that never ends is not read', async (status) => {
    const { loader, endpoint } = openTab();
    endpoint.always(endlessBody(status));
    const { error, ms } = await outcomeOf(loader.load());
    expect(error).toMatchObject({ status });
    expect(ms).toBeLessThan(2 * secondMs);
  });

  const useless: [what: string, answer: Answer][] = [
    ['HTML', text('<!doctype html><title>Sign in</title>')],
    ['an empty list', json([])],
    ['an error', json({ error: 'Invalid API Key' })],
    ['nothing (204)', text(null, 204)],
    ['an empty string', text('')],
    ['null', json(null)],
    ['a list of bad entries', json([{ urls: 'turn:x' }])],
  ];

  it.each(useless)('C-52: of 200 with %s rejects with invalid-response', async (_, answer) => {
    const { loader, endpoint } = openTab({}, answer);
    const error = await failureOf(loader.load());
    expect(error).toMatchObject({ code: 'invalid-response', retryable: true });
    expect((error as Error).message).toMatch(/not a usable list of ICE servers.*login page.*appName or endpoint/);
    expect((error as Error).message).toContain('such as { iceServers: [{ urls, username, credential }] }');
    expect(endpoint.requests).toHaveLength(1);
  });

  it.each(useless)('C-52: of 200 with %s keeps the older entry in memory and in storage', async (_, answer) => {
    const { loader, anotherTab } = openTab({}, good, answer);
    await settle(loader.load());
    await failureOf(loader.load({ cache: 'reload' }));
    expect(userOf(await settle(loader.load()))).toBe('user-1');
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
  });

  it.each([
    ['truncated', JSON.stringify(meteredBody('leak')).slice(0, -20)],
    ['not JSON', 'user-leak secret-leak'],
    ['JSON with a tail', `${JSON.stringify(meteredBody('leak'))}x`],
  ])('C-44: that is %s rejects with invalid-response, which contains no piece of it', async (_, body) => {
    const { loader } = openTab({}, text(body));
    const error = (await failureOf(loader.load())) as Error;
    expect(error).toMatchObject({ code: 'invalid-response' });
    expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toMatch(/leak|JSON|Unexpected/);
    expect(error.cause).toBeUndefined();
  });

  it('that breaks off while it is read is retried, as after no answer', async () => {
    const broken: Answer = async () =>
      new Response(new ReadableStream({ start: (controller) => controller.error(new TypeError('terminated')) }));
    const { loader, endpoint } = openTab({}, broken, broken, good, broken, broken, broken);
    expect(userOf(await settle(loader.load()))).toBe('user-3');
    expect(await failureOf(loader.load({ cache: 'reload' }))).toMatchObject({ code: 'network' });
    expect(endpoint.requests).toHaveLength(6);
  });

  it('with a byte order mark is read', async () => {
    const { loader } = openTab({}, text(`\uFEFF${JSON.stringify(meteredBody())}`));
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });
});

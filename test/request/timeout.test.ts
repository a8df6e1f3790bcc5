import { describe, expect, it, vi } from 'vitest';
import { delayed, httpError, noAnswer, noAnswerDespiteAbort, unreachable } from '../support/endpoint.js';
import { openTab, userOf } from '../support/loaders.js';
import { advance, afterTest, failureOf, flush, hourMs, minuteMs, outcomeOf, secondMs, settle } from '../support/world.js';

describe('no answer', () => {
  it('C-47: rejects with network and a message that names all four causes, like a 401 without CORS headers', async () => {
    const { loader, endpoint } = openTab({ fetch: undefined });
    vi.stubGlobal('fetch', endpoint.fetch);
    endpoint.always(unreachable);
    const error = (await failureOf(loader.load())) as Error;
    expect(error).toMatchObject({ code: 'network', retryable: true });
    for (const cause of [/offline/, /blocked/, /DNS/, /CORS/]) expect(error.message).toMatch(cause);
    expect(error.message).not.toContain('Failed to fetch');
  });

  it('C-47: causes at most three attempts, and then a cool-down', async () => {
    const { loader, endpoint } = openTab();
    endpoint.always(unreachable);
    for (let i = 0; i < 10; i++) await failureOf(loader.load());
    expect(endpoint.requests).toHaveLength(3);
  });

  it('rejects with network as well if fetch throws synchronously', async () => {
    const fetch = (() => {
      throw new TypeError('Failed to fetch');
    }) as never;
    const { loader } = openTab({ fetch });
    expect(await failureOf(loader.load())).toMatchObject({ code: 'network' });
  });

  it.each([
    ['that hangs until the signal aborts', noAnswer],
    ['that hangs despite the signal', noAnswerDespiteAbort],
  ])('C-48: of a server %s rejects with timeout after timeout', async (_, answer) => {
    const { loader, endpoint } = openTab({ timeout: 3000 });
    endpoint.always(answer);
    const { error, ms } = await outcomeOf(loader.load());
    expect(error).toMatchObject({ code: 'timeout', retryable: true });
    expect((error as Error).message).toMatch(/raise timeout/);
    expect(ms).toBe(3000);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('C-48: takes at most 10 s by default', async () => {
    const { loader } = openTab({}, noAnswerDespiteAbort);
    expect((await outcomeOf(loader.load())).ms).toBe(10 * secondMs);
  });

  it('C-48: rejects after timeout, including retries, if each attempt is slow', async () => {
    const { loader, endpoint } = openTab({ timeout: 3000 });
    endpoint.always(delayed(1800, httpError(500)));
    const { error, ms } = await outcomeOf(loader.load());
    expect(error).toMatchObject({ code: 'timeout' });
    expect(ms).toBe(3000);
    expect(endpoint.requests).toHaveLength(2);
  });

  it('C-48: causes no attempt after timeout', async () => {
    const { loader, endpoint } = openTab({ timeout: 100 });
    endpoint.always(unreachable);
    expect(await failureOf(loader.load())).toMatchObject({ code: 'timeout' });
    await advance(10 * secondMs);
    expect(endpoint.requests).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('C-48: aborts the request after timeout', async () => {
    const { loader, endpoint } = openTab({ timeout: 1000 }, noAnswer);
    await failureOf(loader.load());
    await flush();
    expect(endpoint.pendingCount()).toBe(0);
    expect(endpoint.requests[0]!.init.signal?.aborted).toBe(true);
  });

  it('does not reject at once if timeout is longer than a timer can be', async () => {
    const { loader } = openTab({ timeout: 2 ** 31 + 5 }, delayed(minuteMs));
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });

  it('is waited for with a timeout of Infinity', async () => {
    const { loader } = openTab({ timeout: Infinity }, delayed(hourMs / 8));
    expect(userOf(await settle(loader.load()))).toBe('user-1');
  });
});

describe('without AbortSignal.any and AbortSignal.timeout', () => {
  const loseAbortSignalMethods = (): void => {
    for (const name of ['any', 'timeout']) {
      const method = Object.getOwnPropertyDescriptor(AbortSignal, name)!;
      Reflect.deleteProperty(AbortSignal, name);
      afterTest(() => Object.defineProperty(AbortSignal, name, method));
    }
  };

  it('C-50: a load works', async () => {
    loseAbortSignalMethods();
    const { loader } = openTab({}, httpError(500));
    expect(userOf(await settle(loader.load()))).toBe('user-2');
  });

  it('C-50: a timeout rejects the load and aborts the request', async () => {
    loseAbortSignalMethods();
    const { loader, endpoint } = openTab({ timeout: 2000 }, noAnswer);
    const { error, ms } = await outcomeOf(loader.load());
    expect(error).toMatchObject({ code: 'timeout' });
    expect(ms).toBe(2000);
    await flush();
    expect(endpoint.pendingCount()).toBe(0);
  });

  it('C-50: an abort rejects the load, aborts the request and prevents another one', async () => {
    loseAbortSignalMethods();
    const { loader, endpoint } = openTab();
    endpoint.always(delayed(400, httpError(500)));
    const controller = new AbortController();
    const loading = loader.load({ signal: controller.signal });
    await advance(500);
    controller.abort(new Error('left'));
    expect(await failureOf(loading)).toMatchObject({ message: 'left' });
    const { length } = endpoint.requests;
    await advance(10 * secondMs);
    expect(endpoint.requests).toHaveLength(length);
    expect(endpoint.pendingCount()).toBe(0);
  });
});

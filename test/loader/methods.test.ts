import { describe, expect, it, vi } from 'vitest';
import { openTab, userOf } from '../support/loaders.js';
import { failureOf, settle } from '../support/world.js';

describe('every method', () => {
  it('works detached from the loader', async () => {
    const { loader } = openTab();
    const { load, peek, invalidate, dispose, addEventListener, removeEventListener } = loader;
    const heard = vi.fn();
    addEventListener('refresh', heard);
    expect(userOf(await settle(load()))).toBe('user-1');
    expect(heard).toHaveBeenCalledOnce();
    removeEventListener('refresh', heard);
    expect(userOf(peek())).toBe('user-1');
    await settle(invalidate());
    expect(peek()).toBeUndefined();
    dispose();
    expect(await failureOf(load())).toMatchObject({ name: 'AbortError', message: expect.stringContaining('Create a new one') as string });
  });

  it('has its documented name, and status cannot be set', () => {
    const { loader } = openTab();
    for (const name of ['load', 'peek', 'invalidate', 'dispose'] as const) expect(loader[name]).toBeTypeOf('function');
    expect(() => ((loader as { status: unknown }).status = 1)).toThrow(TypeError);
  });
});

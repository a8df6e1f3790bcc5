import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

/** Runs one scene of `page.ts` in a process of its own; returns what it printed. */
async function printed(scene: string): Promise<string> {
  const { all, exitCode } = await execa('node', ['--import', 'tsx', 'test/zone/page.ts', scene], { all: true, reject: false });
  return exitCode === 0 ? all : `${all}\nexit code ${exitCode}`;
}

describe('C-80: in the zone of an Angular app', () => {
  it.concurrent.each([
    'dispose in the same moment as load',
    'dispose in the same moment as two loads',
    'dispose a microtask after load',
    'dispose while the request is under way',
    'dispose while a function of the app is under way',
    'dispose while storage hangs',
    'dispose with autoRefresh after a load',
    'a load that succeeds',
    'a failure that is caught',
  ])('%s, without a catch, prints nothing and is no unhandled rejection', async (scene) => {
    expect(await printed(scene)).toBe('');
  });

  it('a failure that nobody catches is told, so that the silence of the others means something', async () => {
    expect(await printed('a failure that nobody catches')).toMatch(/not-found/);
  });
});

import { execa } from 'execa';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startStandIn, type StandIn } from '../../demo/server/stand-in.js';

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn();
});
beforeEach(() => standIn.faults.clear());
afterAll(() => standIn.stop());

const live = (env: Record<string, string>) =>
  execa('node', ['--import', 'tsx', 'test/live/main.ts'], {
    env: { METERED_APP_NAME: '', METERED_API_KEY: '', METERED_ENDPOINT: '', ...env },
    reject: false,
    all: true,
  });

it('the live check is skipped in words where no key is there', async () => {
  const { exitCode, all } = await live({});
  expect(exitCode).toBe(0);
  expect(all).toMatch(/^Skipped: set METERED_APP_NAME and METERED_API_KEY/);
});

it('the live check finds the stand-in as the documentation says, and prints no secret', async () => {
  const { username, password, apiKey } = await standIn.createCredential();
  const { exitCode, all } = await live({ METERED_API_KEY: apiKey, METERED_ENDPOINT: standIn.endpoint });
  expect(all).toContain('Nothing differs from the documentation.');
  expect(exitCode).toBe(0);
  for (const secret of [username, password, apiKey]) expect(all).not.toContain(secret);
});

it('the live check says what differs, and fails', async () => {
  standIn.faults.set({ status: 403, cors: false });
  const { exitCode, all } = await live({ METERED_API_KEY: standIn.apiKey, METERED_ENDPOINT: standIn.endpoint });
  expect(all).toContain('a right key: status: 403 (documentation: 200)');
  expect(all).toContain('may be read from every origin: no header');
  expect(exitCode).toBe(1);
});

it('the live check says where nothing answers, without the address', async () => {
  const { exitCode, all } = await live({ METERED_API_KEY: standIn.apiKey, METERED_ENDPOINT: 'http://127.0.0.1:9/x' });
  expect(all).toMatch(/^No answer/);
  expect(all).not.toContain(standIn.apiKey);
  expect(exitCode).toBe(1);
});

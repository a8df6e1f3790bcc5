import { execa } from 'execa';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startStandIn, type StandIn } from '../../demo/server/stand-in.js';
import { chooseTurnKind, type TurnKind } from '../../demo/server/turn/turn-kind.js';

let standIn: StandIn;

it('the live check is skipped in words where no key is there', async () => {
  const { exitCode, all } = await live({});
  expect(exitCode).toBe(0);
  expect(all).toMatch(/^Skipped: set METERED_APP_NAME and METERED_API_KEY/);
});

describe.skipIf((await chooseTurnKind()) !== 'coturn')('with coturn, which serves all that Metered does', () => {
  useStandIn('coturn');

  it('the live check finds the stand-in as the documentation says, and prints no secret', async () => {
    const { username, password, apiKey } = await standIn.createCredential();
    const { exitCode, all } = await live({ METERED_API_KEY: apiKey, METERED_ENDPOINT: standIn.endpoint });
    expect(all).toContain('Nothing differs from the documentation.');
    expect(exitCode).toBe(0);
    for (const secret of [username, password, apiKey]) expect(all).not.toContain(secret);
  });
});

describe('with node-turn, which serves UDP alone', () => {
  useStandIn('node-turn');

  it('the live check misses the servers over TCP and TLS and nothing else, and prints no secret', async () => {
    const { username, password, apiKey } = await standIn.createCredential();
    const { exitCode, all } = await live({ METERED_API_KEY: apiKey, METERED_ENDPOINT: standIn.endpoint });
    expect(all.match(/^differs .*/gm)).toEqual([
      'differs       a right key: body: a list of 2, 2 of them ICE servers with one URL each' +
        ' (documentation: a list of 5, 5 of them ICE servers with one URL each)',
    ]);
    expect(exitCode).toBe(1);
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
});

function useStandIn(kind: TurnKind): void {
  beforeAll(async () => {
    standIn = await startStandIn({ kind });
  });
  beforeEach(() => standIn.faults.clear());
  afterAll(() => standIn.stop());
}

function live(env: Record<string, string>) {
  return execa('node', ['--import', 'tsx', 'test/live/main.ts'], {
    env: { METERED_APP_NAME: '', METERED_API_KEY: '', METERED_ENDPOINT: '', ...env },
    reject: false,
    all: true,
  });
}

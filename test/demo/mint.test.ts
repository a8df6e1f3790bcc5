import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { Mint, type TurnKey } from '../../demo/server/mint.js';
import { startStandIn, type StandIn } from '../../demo/server/stand-in.js';

let standIn: StandIn;
let mint: Mint;

beforeAll(async () => {
  standIn = await startStandIn({ kind: 'node-turn' });
});
beforeEach(() => {
  standIn.requests.clear();
  mint = new Mint({ account: standIn, lifeSeconds: 20, mostPerVisitor: 2 });
});
afterEach(() => void vi.useRealTimers());
afterAll(() => standIn.stop());

const stateOf = ({ apiKey }: TurnKey): string | undefined => {
  const credential = standIn.credentials.findByKey(apiKey);
  return credential && standIn.credentials.stateOf(credential);
};

const pass = (seconds: number): void => void vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });

it('a visitor is free again when the oldest credential has expired', async () => {
  await mint.create('ada', 20);
  await mint.create('ada', 60);
  expect(mint.secondsUntilFree('ada')).toBeGreaterThan(0);
  pass(20);
  expect(mint.secondsUntilFree('ada')).toBe(0);
});

it('what one visitor has does not count for another', async () => {
  await Promise.all([mint.create('ada'), mint.create('ada')]);
  expect(mint.secondsUntilFree('bob')).toBe(0);
});

it('what is alive at the end is deleted', async () => {
  const keys = await Promise.all([mint.create('ada'), mint.create('bob')]);
  await mint.stop();
  expect(keys.map(stateOf)).toEqual([undefined, undefined]);
});

it('what is still being created at the end is deleted too', async () => {
  const creating = mint.create('ada');
  await mint.stop();
  expect(stateOf(await creating)).toBeUndefined();
});

it('what has expired by the end is left alone', async () => {
  await mint.create('ada');
  pass(20);
  await mint.stop();
  expect(standIn.requests.count({ method: 'DELETE' })).toBe(0);
});

it('the end comes even if nothing can be deleted', async () => {
  const account = { origin: standIn.origin, secretKey: standIn.secretKey };
  const lost = new Mint({ account, lifeSeconds: 20 });
  await lost.create('ada');
  account.origin = 'http://127.0.0.1:9';
  await expect(lost.stop()).resolves.toBeUndefined();
});

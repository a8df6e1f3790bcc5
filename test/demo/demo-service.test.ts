import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountService, startDemoService, type DemoService } from '../../demo/server/demo-service.js';
import { meteredAccount } from '../../demo/server/metered-service.js';
import { startStandIn, type StandIn } from '../../demo/server/stand-in.js';

describe('the demo with the stand-in', () => {
  let service: DemoService | undefined;
  afterEach(() => service?.stop());

  it('tells the page where keys are minted, and for how long', async () => {
    service = await startDemoService({});
    expect(service.config.mint).toEqual({ endpoint: '/api/turn-key', lifeSeconds: 20 });
  });

  it('mints keys for the endpoint that the page loads from', async () => {
    service = await startDemoService({});
    const { apiKey } = await service.mint!.create('ada');
    expect((await fetch(`${service.config.app}?apiKey=${apiKey}`)).status).toBe(200);
  });

  it('takes another life from the environment', async () => {
    service = await startDemoService({ DEMO_LIFE_SECONDS: '45' });
    expect([service.config.mint?.lifeSeconds, service.mint?.lifeSeconds]).toEqual([45, 45]);
  });
});

it.each(['0', 'long', '86400'])('the demo refuses a life of %s in words', async (life) => {
  await expect(startDemoService({ DEMO_LIFE_SECONDS: life })).rejects.toThrow(
    'DEMO_LIFE_SECONDS must be a whole number of seconds from 5 to 3600.',
  );
});

it('the demo with a fixed key has no mint', async () => {
  const { config, mint } = await startDemoService({ METERED_APP_NAME: 'demo', METERED_API_KEY: 'a'.repeat(36) });
  expect([config.mint, mint]).toEqual([undefined, undefined]);
});

describe('the demo with an account', () => {
  let standIn: StandIn;
  beforeEach(async () => {
    standIn = await startStandIn({ kind: 'node-turn' });
  });
  afterEach(() => standIn.stop());

  it('has a mint', async () => {
    const { config, mint, stop } = await accountService('demo', standIn, 300);
    expect(config.mint).toEqual({ endpoint: '/api/turn-key', lifeSeconds: 300 });
    expect(mint?.lifeSeconds).toBe(300);
    await stop();
  });

  it('gives the page a key for an hour', async () => {
    const { config, stop } = await accountService('demo', standIn, 300);
    expect(standIn.credentials.findByKey(config.apiKey)?.expiryInSeconds).toBe(3600);
    await stop();
  });

  it('keeps the Secret Key from the page', async () => {
    const { config, stop } = await accountService('demo', standIn, 300);
    expect(JSON.stringify(config)).not.toContain(standIn.secretKey);
    await stop();
  });

  it('leaves no credential behind', async () => {
    const before = standIn.credentials.list().length;
    const { mint, stop } = await accountService('demo', standIn, 300);
    await mint!.create('ada');
    await stop();
    expect(standIn.credentials.list()).toHaveLength(before);
  });

  it('says what to check if the Secret Key is wrong, and does not repeat it', async () => {
    const account = { origin: standIn.origin, secretKey: 'w'.repeat(48) };
    const starting = accountService('demo', account, 300);
    await expect(starting).rejects.toThrow(/HTTP 401.*METERED_SECRET_KEY/);
    await expect(starting).rejects.not.toThrow(account.secretKey);
  });
});

it.each(['demo', ' demo ', 'demo.metered.live', 'https://demo.metered.live/api/v1/turn/credentials'])(
  'an account is found by what people paste: "%s"',
  (name) => {
    expect(meteredAccount(name, ' secret\n')).toEqual({ origin: 'https://demo.metered.live', secretKey: 'secret' });
  },
);

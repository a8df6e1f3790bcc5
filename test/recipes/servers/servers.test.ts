import { afterEach, describe, expect, it, vi } from 'vitest';
import { createIceServersLoader } from '../../../src/index.js';
import { eachRecipe } from './each-recipe.js';

vi.mock('../../../e2e/recipes/servers/session.js', () => import('./users.js'));

const both = ['key', 'servers'] as const;

eachRecipe((setting) => {
  afterEach(() => void vi.useRealTimers());

  const keyOf = async (user: string): Promise<{ apiKey: string; expiryInSeconds: number }> =>
    (await (await setting.recipe.request('key', user)).json()) as { apiKey: string; expiryInSeconds: number };

  const serversOf = async (user: string): Promise<{ iceServers: RTCIceServer[]; ttl: number }> =>
    (await (await setting.recipe.request('servers', user)).json()) as { iceServers: RTCIceServer[]; ttl: number };

  const turnOf = (iceServers: RTCIceServer[]): RTCIceServer | undefined => iceServers.find(({ urls }) => String(urls).startsWith('turn:'));

  describe('for a user, as a key', () => {
    it('returns one that Get Credential accepts', async () => {
      const { apiKey } = await keyOf('ada');
      expect((await fetch(setting.standIn.addressOf(apiKey))).status).toBe(200);
    });

    it('returns its life', async () => {
      const { apiKey, expiryInSeconds } = await keyOf('ada');
      expect(setting.standIn.credentials.findByKey(apiKey)).toMatchObject({ expiryInSeconds });
    });

    it('returns one that Get Credential refuses when its life is over', async () => {
      const { apiKey, expiryInSeconds } = await keyOf('ada');
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + expiryInSeconds * 1000 });
      expect((await fetch(setting.standIn.addressOf(apiKey))).status).toBe(401);
    });

    it('returns nothing else', async () => {
      expect(Object.keys(await keyOf('ada')).sort()).toEqual(['apiKey', 'expiryInSeconds']);
    });

    it('returns two users two of them', async () => {
      const [bob, eve] = await Promise.all([keyOf('bob'), keyOf('eve')]);
      expect(bob.apiKey).not.toBe(eve.apiKey);
    });

    it('labels the credential with the user, below the 100 characters that Metered allows', async () => {
      const [short, long] = await Promise.all([keyOf('ada'), keyOf('u'.repeat(150))]);
      const labels = [short, long].map(({ apiKey }) => setting.standIn.credentials.findByKey(apiKey)?.label);
      expect(labels).toEqual(['ada', 'u'.repeat(99)]);
    });
  });

  describe('for a user, as ICE servers', () => {
    it('returns TURN with a pair that the TURN server knows', async () => {
      const { username = '', credential } = turnOf((await serversOf('ada')).iceServers)!;
      expect(setting.standIn.credentials.find(username)).toMatchObject({ password: credential });
    });

    it('returns their life', async () => {
      const { iceServers, ttl } = await serversOf('ada');
      expect(setting.standIn.credentials.find(turnOf(iceServers)!.username!)).toMatchObject({ expiryInSeconds: ttl });
    });

    it('returns two users two pairs', async () => {
      const [bob, eve] = await Promise.all([serversOf('bob'), serversOf('eve')]);
      expect(turnOf(bob.iceServers)?.username).not.toBe(turnOf(eve.iceServers)?.username);
    });

    it('is an endpoint that the loader reads, with its life', async () => {
      const loader = createIceServersLoader({
        endpoint: 'https://app.example/api/ice-servers',
        maxAge: Infinity,
        storage: 'memory',
        fetch: () => setting.recipe.request('servers', 'ada'),
      });
      await loader.load();
      expect(loader.status).toMatchObject({ source: 'network', expiresAt: loader.status!.fetchedAt + 4 * 3600 * 1000 });
      loader.dispose();
    });

    it('sends the Secret Key with the call that needs it, and with no other', async () => {
      await serversOf('ada');
      expect(setting.standIn.requests.records.map(({ method, query }) => [method, Object.keys(query)])).toEqual([
        ['POST', ['secretKey']],
        ['GET', ['apiKey']],
      ]);
    });
  });

  describe.each(both)('without a user: %s', (wanted) => {
    it('answers 401', async () => {
      expect((await setting.recipe.request(wanted)).status).toBe(401);
    });

    it('creates no credential', async () => {
      await setting.recipe.request(wanted);
      expect(setting.standIn.requests.records).toEqual([]);
    });
  });

  it.each(both)('shows the Secret Key in no response and writes nothing: %s', async (wanted) => {
    const response = await setting.recipe.request(wanted, 'ada');
    expect(await response.text()).not.toContain(setting.standIn.secretKey);
    expect([...response.headers].flat().join('\n')).not.toContain(setting.standIn.secretKey);
    expect(setting.recipe.written()).toBe('');
  });

  it.each([
    [200, 'ada', {}],
    [401, undefined, {}],
    [500, 'ada', { METERED_SECRET_KEY: '' }],
    [502, 'ada', { METERED_SECRET_KEY: 'w'.repeat(48) }],
  ])('forbids every cache to keep a %d', async (status, user, env) => {
    setting.recipe.configure({ ...setting.working, ...env });
    const response = await setting.recipe.request('servers', user);
    expect([response.status, response.headers.get('cache-control')]).toEqual([status, 'no-store']);
  });
});

it('session.ts lets nobody in until it is replaced', async () => {
  const path = '../../../e2e/recipes/servers/session.js';
  const { getUser } = await vi.importActual<typeof import('../../../e2e/recipes/servers/session.js')>(path);
  expect(await getUser(new Request('https://app.example/', { headers: { 'x-user': 'ada', cookie: 'session=ada' } }))).toBeUndefined();
});

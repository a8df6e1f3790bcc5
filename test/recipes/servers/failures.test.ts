import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Fault } from '../../../demo/server/fault.js';
import type { MeteredEnv } from '../../../e2e/recipes/servers/metered.js';
import { startBrokenProvider, troubleNames, type BrokenProvider } from './broken-provider.js';
import { eachRecipe } from './each-recipe.js';

vi.mock('../../../e2e/recipes/servers/session.js', () => import('./users.js'));

const both = ['key', 'servers'] as const;
const wrongSecret = 'w'.repeat(48);

let broken: BrokenProvider;
beforeAll(async () => {
  broken = await startBrokenProvider();
});
afterAll(() => broken.stop());

interface Failure {
  readonly name: string;
  /** What differs from an environment that works. */
  readonly env: () => MeteredEnv;
  /** What goes wrong with Get Credential. */
  readonly fault?: Fault;
}

const failures: readonly Failure[] = [
  { name: 'refuses the Secret Key', env: () => ({ METERED_SECRET_KEY: wrongSecret }) },
  { name: 'is not reached', env: () => ({ METERED_BASE_URL: 'http://127.0.0.1:9' }) },
  { name: 'has no address, because the app name is wrong', env: () => ({ METERED_APP_NAME: 'my app', METERED_BASE_URL: '' }) },
  ...troubleNames.map((name) => ({
    name: `${name} for Create Credential`,
    env: () => ({ METERED_BASE_URL: broken.baseUrl(name), METERED_TIMEOUT_MS: '150' }),
  })),
];

/** The key is made without Get Credential. */
const failuresOfServers: readonly Failure[] = Object.entries<Fault>({
  'answers 500': { status: 500 },
  'sends HTML': { body: 'html' },
  'sends no servers': { body: 'empty-array' },
  'sends STUN alone': { body: { text: '[{"urls":"stun:stun.relay.metered.ca:80"}]' } },
  'sends TURN without a pair': { body: { text: '[{"urls":"turn:global.relay.metered.ca:80"}]' } },
  'sends an error object with 200': { body: 'error-object' },
  'sends half a body': { body: 'truncated' },
  'never ends its body': { body: 'endless' },
  hangs: { hang: true },
  'cuts the connection': { disconnect: true },
}).map(([name, fault]) => ({ name: `${name} for Get Credential`, env: () => ({ METERED_TIMEOUT_MS: '150' }), fault }));

eachRecipe((setting) => {
  describe.each([
    ...both.flatMap((wanted) => failures.map((failure) => [wanted, failure.name, failure] as const)),
    ...failuresOfServers.map((failure) => ['servers', failure.name, failure] as const),
  ])('%s: if the provider %s', (wanted, _, { env, fault }) => {
    let secretKey: string | undefined;
    beforeEach(() => {
      const changed = { ...setting.working, ...env() };
      secretKey = changed.METERED_SECRET_KEY;
      setting.recipe.configure(changed);
      if (fault) setting.standIn.faults.set(fault);
    });

    it('answers 502 with a sentence of its own', async () => {
      const response = await setting.recipe.request(wanted, 'ada');
      expect([response.status, await response.json()]).toEqual([502, { error: 'The TURN provider issued no credential.' }]);
    });

    it('shows the Secret Key in no response and no output', async () => {
      const response = await setting.recipe.request(wanted, 'ada');
      const shown = [response.statusText, ...[...response.headers].flat(), await response.text()].join('\n');
      await vi.waitFor(() => expect(setting.recipe.written()).toContain('No TURN credential'));
      expect(shown + setting.recipe.written()).not.toContain(secretKey);
    });
  });

  describe.each(['METERED_APP_NAME', 'METERED_SECRET_KEY'])('without %s', (name) => {
    it.each(both)('answers 500 with a sentence that names it: %s', async (wanted) => {
      setting.recipe.configure({ ...setting.working, [name]: ' ' });
      const response = await setting.recipe.request(wanted, 'ada');
      expect([response.status, await response.json()]).toEqual([500, { error: expect.stringContaining(name) }]);
    });

    it('tells the operator what to set', async () => {
      setting.recipe.configure({ ...setting.working, [name]: ' ' });
      await setting.recipe.request('servers', 'ada');
      await vi.waitFor(() => expect(setting.recipe.written()).toContain(`Set ${name} on the server.`));
    });
  });

  it.each([
    ['the status', () => ({ METERED_SECRET_KEY: wrongSecret }), 'credential returned HTTP 401.'],
    ['a timeout', () => ({ METERED_BASE_URL: broken.baseUrl('hangs'), METERED_TIMEOUT_MS: '50' }), 'it took too long.'],
    ['what is no JSON', () => ({ METERED_BASE_URL: broken.baseUrl('sends HTML') }), 'the response is not JSON.'],
    ['an answer without a key', () => ({ METERED_BASE_URL: broken.baseUrl('sends no apiKey') }), 'Create Credential returned no apiKey.'],
    ['an answer that does not come', () => ({ METERED_BASE_URL: 'http://127.0.0.1:9' }), 'no response; check METERED_APP_NAME.'],
  ])('tells the operator of %s', async (_, env, words) => {
    setting.recipe.configure({ ...setting.working, ...env() });
    await setting.recipe.request('key', 'ada');
    await vi.waitFor(() => expect(setting.recipe.written()).toContain(words));
  });
});

import { expect, it, vi } from 'vitest';
import { createEndpoint, httpError, meteredBody } from '../support/endpoint.js';
import { openTab, userOf } from '../support/loaders.js';
import { failureOf, settle } from '../support/world.js';

it('C-75: a mock of fetch may return an object with ok, status and headers only for a refusal', async () => {
  const refusal = { ok: false, status: 401, headers: new Headers() } as Response;
  const { loader } = openTab({ fetch: async () => refusal });
  expect(await failureOf(loader.load())).toMatchObject({ code: 'invalid-api-key' });
});

it('C-75: a mock of fetch may return the same object again', async () => {
  const response = Object.freeze({ ok: true, json: async () => meteredBody() }) as Response;
  const { loader } = openTab({ fetch: async () => response });
  await settle(loader.load());
  expect(userOf(await settle(loader.load({ cache: 'reload' })))).toBe('user-1');
});

it('C-75: a load needs no global Request', async () => {
  vi.stubGlobal('Request', undefined);
  const { loader } = openTab();
  expect(userOf(await settle(loader.load()))).toBe('user-1');
});

it('C-75: without a global Request a failed request is not retried', async () => {
  vi.stubGlobal('Request', undefined);
  const endpoint = createEndpoint(httpError(500));
  const { loader } = openTab({ fetch: endpoint.fetch });
  expect(await failureOf(loader.load())).toMatchObject({ code: 'server-error' });
  expect(endpoint.requests).toHaveLength(1);
});

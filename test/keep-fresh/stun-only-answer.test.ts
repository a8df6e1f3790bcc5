import { expect, it } from 'vitest';
import { connect } from '../support/connection.js';
import { json } from '../support/endpoint.js';
import { openTab } from '../support/loaders.js';
import { flush, settle } from '../support/world.js';

// Many a route answers with STUN servers alone while its provider fails.
it('an answer without any credential does not restart a relayed call, which would lose its relay', async () => {
  const { loader, endpoint } = openTab({ storage: 'memory' });
  const connection = await connect(loader);
  endpoint.always(json([{ urls: 'stun:stun.example' }]));
  await settle(loader.load({ cache: 'reload' }));
  await flush();
  expect(connection.restarts).toBe(0);
});

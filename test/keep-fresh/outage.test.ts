import { expect, it } from 'vitest';
import { connect } from '../support/connection.js';
import { json, meteredBody, unreachable } from '../support/endpoint.js';
import { openTab } from '../support/loaders.js';
import { advance, hourMs, minuteMs } from '../support/world.js';

it('C-56: an hour of outage takes fewer than 25 requests', async () => {
  const outage = Array.from({ length: 200 }, () => unreachable);
  const { loader, endpoint } = openTab({ storage: 'memory', maxAge: 60 }, json(meteredBody(1)), ...outage);
  await connect(loader);
  await advance(minuteMs);
  const before = endpoint.requests.length;
  await advance(hourMs);
  expect(endpoint.requests.length - before).toBeLessThan(25);
});

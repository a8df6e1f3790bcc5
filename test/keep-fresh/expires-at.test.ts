import { expect, it } from 'vitest';
import { connect } from '../support/connection.js';
import { errorsOf, openTab } from '../support/loaders.js';
import { advance, hourMs, minuteMs, secondMs, startOfTime } from '../support/world.js';

const expiresAt = startOfTime + 10 * minuteMs;

it('fires one event when expiresAt has passed, although no TURN server has refused the credential', async () => {
  const { loader } = openTab({ storage: 'memory', expiresAt });
  const errors = errorsOf(loader);
  await connect(loader);
  await advance(10 * minuteMs - secondMs);
  expect(errors).toEqual([]);
  await advance(hourMs);
  expect(errors.map(({ code }) => code)).toEqual(['invalid-api-key']);
});

it('fires no event past expiresAt if the connection was closed before', async () => {
  const { loader } = openTab({ storage: 'memory', expiresAt });
  const errors = errorsOf(loader);
  const connection = await connect(loader);
  connection.close();
  await advance(hourMs);
  expect(errors).toEqual([]);
});

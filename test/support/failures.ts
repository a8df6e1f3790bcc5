import type { IceServersError, IceServersOptions } from '../../src/index.js';
import { good, httpError, json, unreachable, type Answer } from './endpoint.js';
import { openTab } from './loaders.js';
import { failureOf, flush, minuteMs, secondMs } from './world.js';

/** A tab whose first load has failed; the next answers are good. */
export const failedTab = async (answer: Answer, options: Partial<IceServersOptions> = {}) => {
  const tab = openTab(options);
  tab.endpoint.always(answer);
  const error = (await failureOf(tab.loader.load())) as IceServersError;
  tab.endpoint.always(good);
  await flush();
  return { ...tab, error, requestCount: tab.endpoint.requests.length };
};

export const failureKinds: [code: string, answer: Answer, coolDownMs: number][] = [
  ['invalid-api-key', httpError(401), 5 * minuteMs],
  ['invalid-api-key', httpError(403), 5 * minuteMs],
  ['not-found', httpError(404), 5 * minuteMs],
  ['rate-limited', httpError(429), minuteMs],
  ['invalid-request', httpError(400), 2 * secondMs],
  ['invalid-request', httpError(499), 2 * secondMs],
  ['server-error', httpError(500), 2 * secondMs],
  ['network', unreachable, 2 * secondMs],
  ['invalid-response', json([]), 2 * secondMs],
];

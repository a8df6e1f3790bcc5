import { expect, test } from './support/connectivity.js';
import { untilStored } from './support/stored.js';
import { openModule } from './support/test.js';

test('C-08: a page of plain http, without locks and crypto.subtle, loads, and finds it again after a reload', async ({
  launch,
  site,
  standIn,
}) => {
  const browser = await launch((given) => [...given, '--host-resolver-rules=MAP plain.test 127.0.0.1']);
  const page = await browser.newPage();
  const plain = { ...site, origin: site.origin.replace('127.0.0.1', 'plain.test') };
  const loadIn = () =>
    page.evaluate(
      async (given) => {
        const loader = window.api.createIceServersLoader(given);
        new RTCPeerConnection(await loader.load()).close();
        return { source: loader.status!.source, isSecureContext, hasLocks: 'locks' in navigator };
      },
      { endpoint: standIn.endpoint, apiKey: standIn.apiKey },
    );
  await openModule(page, plain);
  expect(await loadIn()).toEqual({ source: 'network', isSecureContext: false, hasLocks: false });
  await untilStored(page);
  await openModule(page, plain);
  expect(await loadIn()).toMatchObject({ source: 'indexeddb' });
  expect(standIn.requests.count({ path: '/api/v1/turn/credentials' })).toBe(1);
});

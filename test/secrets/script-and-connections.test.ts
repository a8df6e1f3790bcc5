// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { compareRegions, testConnectivity } from '../../src/connectivity.js';
import type { IceServersLoader } from '../../src/index.js';
import { FakeConnection } from '../support/connection.js';
import { createEndpoint, json, httpError, text, unreachable, type Answer } from '../support/endpoint.js';
import { keep, openTab } from '../support/loaders.js';
import { credential, key, leaksIn, readAll, secretBody, username, watchAll } from '../support/sentinels.js';
import { advance, settle, hourMs, outcomeOf, secondMs, flush } from '../support/world.js';

const page = globalThis as { IceServers?: { readonly loader?: IceServersLoader; readonly ready: Promise<unknown> } };

/** Runs the script like a tag with these attributes, and records the events on the document. */
const runTag = async (attributes: Record<string, string>, answer: Answer, show: (value: unknown) => void): Promise<void> => {
  const endpoint = createEndpoint();
  endpoint.always(answer);
  vi.stubGlobal('fetch', endpoint.fetch);
  const tag = Object.assign(document.createElement('script'));
  for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
  vi.spyOn(document, 'currentScript', 'get').mockReturnValue(tag);
  for (const type of ['iceservers:ready', 'iceservers:error']) {
    document.addEventListener(
      type,
      (event) => {
        show(event);
        show((event as CustomEvent).detail);
      },
      { once: true },
    );
  }
  vi.resetModules();
  await import('../../src/script.js');
};

/** What is visible of the page: its address, history, cookies, title and text. */
const pageOnShow = (): string =>
  [location.href, document.referrer, document.cookie, document.title, document.body.outerHTML, readAll(history.state)].join('\n');

afterEach(() => {
  page.IceServers?.loader?.dispose();
  delete page.IceServers;
});

describe('C-43: no secret is found', () => {
  const attributes = { 'data-app-name': 'demo', 'data-api-key': key };
  it.each<[what: string, attributes: Record<string, string>, answer: Answer]>([
    ['that loads', attributes, json(secretBody)],
    ['whose key is rejected', attributes, httpError(401)],
    ['that gets nonsense', attributes, text(`${key} ${username} ${credential}`)],
    ['without a network', attributes, unreachable],
    ['with a Secret Key', { ...attributes, 'data-api-key': key + key.slice(0, 12) }, json(secretBody)],
    ['with a key in the wrong attribute', { ...attributes, 'data-max-age': key }, json(secretBody)],
    ['with a key in place of a storage', { ...attributes, 'data-storage': key }, json(secretBody)],
    ['with an invalid address', { 'data-endpoint': key, 'data-api-key': key }, json(secretBody)],
  ])('by a script tag %s: document events, console, page, storage, locks', async (_, given, answer) => {
    const watch = watchAll();
    await runTag(given, answer, watch.show);
    // Nothing awaits `ready` at first, because the script then warns.
    await advance(15 * secondMs);
    const { loader, ready } = page.IceServers!;
    watch.show(loader?.status);
    watch.show((await outcomeOf(ready)).error);
    watch.show(page.IceServers);
    expect(leaksIn([watch.all(), pageOnShow()].join('\n'))).toEqual([]);
  });

  it('if a TURN server rejects the credential of a connection that is kept fresh', async () => {
    const watch = watchAll();
    const { loader, endpoint } = openTab({ storage: 'memory', apiKey: key });
    endpoint.always(json(secretBody));
    watch.listen(loader);
    const codes: string[] = [];
    loader.addEventListener('error', ({ detail }) => codes.push(detail.code));
    const connection = new FakeConnection(await settle(loader.load()));
    keep(connection, loader);
    connection.fireCandidateError();
    await flush();
    expect(codes).toEqual(['credential-rejected']);
    watch.show(loader.status);
    expect(leaksIn(watch.all())).toEqual([]);
  });

  it('if setConfiguration of a connection that is kept fresh throws', async () => {
    const watch = watchAll();
    const { loader, endpoint } = openTab({ storage: 'memory', apiKey: key });
    endpoint.always(json(secretBody));
    watch.listen(loader);
    await settle(loader.load());
    // Without servers: keepFresh does not set the same list again.
    const connection = new FakeConnection({});
    vi.spyOn(connection, 'setConfiguration').mockImplementation(() => {
      throw new DOMException(`${username} ${credential}`, 'InvalidAccessError');
    });
    keep(connection, loader);
    await advance(hourMs);
    expect(connection.setConfiguration).toHaveBeenCalled();
    expect(leaksIn(watch.all())).toEqual([]);
  });

  it.each([
    ['that shows the whole server in its errors', undefined],
    ['that throws the whole server', new DOMException(`bad server ${username} ${credential}`, 'SyntaxError')],
  ])('in the report of testConnectivity in a browser %s', async (_, thrown) => {
    const watch = watchAll();
    class Telling extends EventTarget {
      onicecandidateerror?: (event: object) => void;
      iceGatheringState = 'gathering';
      constructor(configuration: RTCConfiguration) {
        super();
        if (thrown) throw thrown;
        Object.assign(this, { configuration });
      }
      createDataChannel(): object {
        return {};
      }
      async setLocalDescription(): Promise<void> {
        await Promise.resolve();
        this.onicecandidateerror?.({ errorCode: 401, errorText: `${username} ${credential}`, url: `turn:${username}@x` });
      }
      async getStats(): Promise<Map<string, unknown>> {
        return new Map([['C', { type: 'local-candidate', candidateType: 'relay', url: username, usernameFragment: username }]]);
      }
      close(): void {}
    }
    vi.stubGlobal('RTCPeerConnection', Telling);
    const testing = testConnectivity(
      { iceServers: [...secretBody, { urls: `turn:${username}:${credential}@x`, username, credential }] },
      { onResult: watch.show },
    );
    watch.show((await outcomeOf(testing)).value);
    watch.show((await outcomeOf(testing)).value?.toJSON());
    expect(leaksIn(watch.all())).toEqual([]);
  });

  it('in the results of compareRegions if the endpoint rejects the key', async () => {
    const watch = watchAll();
    const endpoint = createEndpoint();
    endpoint.always(httpError(401));
    const comparing = compareRegions(
      { appName: 'demo', apiKey: key, fetch: endpoint.fetch },
      { regions: ['europe'], onResult: watch.show },
    );
    const { value, error } = await outcomeOf(comparing);
    watch.show(value);
    watch.show(error);
    expect(leaksIn(watch.all())).toEqual([]);
  });
});

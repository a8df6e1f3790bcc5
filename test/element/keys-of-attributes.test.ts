// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IceConnectivityElement } from '../../src/element.js';

const key = '0123456789abcdef0123456789abcdef0123';
const otherKey = 'fedcba9876543210fedcba9876543210fedc';
const a = 'https://a.example/t';
const b = 'https://b.example/route';
const withKey = (address: string, apiKey = key): string => `${address}?apiKey=${apiKey}`;
const meteredAddress = (name: string): string => `https://${name}.metered.live/api/v1/turn/credentials`;

const requested: string[] = [];

location.href = 'https://page.example/';

beforeEach(() => {
  requested.length = 0;
  vi.stubGlobal('fetch', async (input: Request | string | URL) => {
    requested.push(input instanceof Request ? input.url : String(input));
    return Response.json([{ urls: 'stun:stun.example' }]);
  });
  vi.spyOn(console, 'warn').mockReturnValue();
});
afterEach(() => document.body.replaceChildren());

const elementWith = (attributes: Readonly<Record<string, string>>): IceConnectivityElement => {
  const element = new IceConnectivityElement();
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  document.body.append(element);
  return element;
};

/** Runs an element with the attributes, makes the change, and returns what the run after it requests. */
const requestsAfter = async (
  attributes: Readonly<Record<string, string>>,
  change: (element: IceConnectivityElement) => void,
): Promise<string[]> => {
  const element = elementWith(attributes);
  await element.run();
  requested.length = 0;
  change(element);
  await element.run();
  return requested;
};

describe('a key in an address', () => {
  it('is used with that address, and leaves the attribute', async () => {
    const element = elementWith({ endpoint: withKey(a) });
    await element.run();
    expect([requested, element.getAttribute('endpoint')]).toEqual([[withKey(a)], a]);
  });

  it('is not sent to the next address', async () => {
    expect(await requestsAfter({ endpoint: withKey(a) }, (element) => element.setAttribute('endpoint', b))).toEqual([b]);
  });

  it('gives way to the key in the next address', async () => {
    const change = (element: Element): void => element.setAttribute('endpoint', withKey(b, otherKey));
    expect(await requestsAfter({ endpoint: withKey(a) }, change)).toEqual([withKey(b, otherKey)]);
  });

  it('is not sent to the app that replaces the address', async () => {
    const requests = await requestsAfter({ endpoint: withKey(a) }, (element) => {
      element.removeAttribute('endpoint');
      element.setAttribute('app-name', 'demo');
    });
    expect(requests).toEqual([]);
  });

  it('is forgotten with the address, also if the same address without a key follows', async () => {
    const requests = await requestsAfter({ endpoint: withKey(a) }, (element) => {
      element.removeAttribute('endpoint');
      element.setAttribute('endpoint', a);
    });
    expect(requests).toEqual([a]);
  });
});

describe('a key in the address of an app', () => {
  it('is used with that app, and leaves app-name', async () => {
    const element = elementWith({ 'app-name': withKey(meteredAddress('demo')) });
    await element.run();
    expect([requested, element.getAttribute('app-name')]).toEqual([[withKey(meteredAddress('demo'))], meteredAddress('demo')]);
  });

  it('is not sent to the next app', async () => {
    const change = (element: Element): void => element.setAttribute('app-name', 'two');
    expect(await requestsAfter({ 'app-name': withKey(meteredAddress('one')) }, change)).toEqual([]);
  });
});

describe('an api-key', () => {
  it.each([
    ['before', ['api-key', 'app-name']],
    ['after', ['app-name', 'api-key']],
  ])('may be set %s its source', async (_when, order) => {
    const values: Record<string, string> = { 'app-name': 'demo', 'api-key': key };
    await elementWith(Object.fromEntries(order.map((name) => [name, values[name]!]))).run();
    expect(requested).toEqual([withKey(meteredAddress('demo'))]);
  });

  it('that is set long before any source belongs to the first source', async () => {
    const requests = await requestsAfter({ 'api-key': key }, (element) => element.setAttribute('endpoint', a));
    expect(requests).toEqual([withKey(a)]);
  });

  it('is used for another path of the same host', async () => {
    const other = 'https://a.example/other';
    const change = (element: Element): void => element.setAttribute('endpoint', other);
    expect(await requestsAfter({ endpoint: a, 'api-key': key }, change)).toEqual([withKey(other)]);
  });

  it.each<[what: string, change: (element: Element) => void, expected: string[]]>([
    ['another host', (element) => element.setAttribute('endpoint', b), [b]],
    ['a host named without a scheme', (element) => element.setAttribute('endpoint', '//b.example/route'), [b]],
    ['the host of the page', (element) => element.setAttribute('endpoint', '/route'), ['https://page.example/route']],
    ['another port', (element) => element.setAttribute('endpoint', 'https://a.example:8443/t'), ['https://a.example:8443/t']],
    [
      'an app',
      (element) => {
        element.removeAttribute('endpoint');
        element.setAttribute('app-name', 'demo');
      },
      [],
    ],
  ])('is not sent to %s', async (_what, change, expected) => {
    expect(await requestsAfter({ endpoint: a, 'api-key': key }, change)).toEqual(expected);
  });

  it('is not sent to another app, also if no run has used it', async () => {
    const element = elementWith({ 'app-name': 'one', 'api-key': key });
    await Promise.resolve();
    element.setAttribute('app-name', 'two');
    await element.run();
    expect(requested).toEqual([]);
  });

  it.each([
    ['before', ['api-key', 'app-name']],
    ['after', ['app-name', 'api-key']],
  ])('may be replaced together with its source, %s it', async (_when, order) => {
    const values: Record<string, string> = { 'app-name': 'two', 'api-key': otherKey };
    const requests = await requestsAfter({ 'app-name': 'one', 'api-key': key }, (element) => {
      for (const name of order) element.setAttribute(name, values[name]!);
    });
    expect(requests).toEqual([withKey(meteredAddress('two'), otherKey)]);
  });

  it('survives that the same source is set again', async () => {
    const requests = await requestsAfter({ 'app-name': 'demo', 'api-key': key }, (element) => {
      element.removeAttribute('app-name');
      element.setAttribute('app-name', 'demo');
      element.setAttribute('region', 'asia');
    });
    expect(requests).toEqual([`${withKey(meteredAddress('demo'))}&region=asia`]);
  });

  it('is not sent to a source of the property options', async () => {
    const change = (element: IceConnectivityElement): void => void (element.options = { endpoint: b });
    expect(await requestsAfter({ 'app-name': 'demo', 'api-key': key }, change)).toEqual([b]);
  });

  it.each<[what: string, change: (element: Element) => void]>([
    ['an empty api-key', (element) => element.setAttribute('api-key', '')],
    ['removing api-key', (element) => element.removeAttribute('api-key')],
  ])('is cleared by %s', async (_what, change) => {
    expect(await requestsAfter({ endpoint: a, 'api-key': key }, change)).toEqual([a]);
  });
});

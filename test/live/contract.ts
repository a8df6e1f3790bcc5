/** What the documentation says, or leaves open, and what the service did. */
export interface Finding {
  readonly about: string;
  readonly expected: string;
  readonly found: string;
  /** `differs` is a broken promise of the documentation; `told` is an answer to what it leaves open. */
  readonly verdict: 'as documented' | 'differs' | 'told';
}

export interface Service {
  /** The address of Get Credential, without a key. */
  readonly endpoint: string;
  readonly apiKey: string;
}

const patienceMs = 15_000;
/** Of the shape of a key, and nobody's. */
const wrongKey = '0'.repeat(36);
const origin = 'https://example.com';

const ask = ({ endpoint }: Service, query: Record<string, string>, headers?: Record<string, string>): Promise<Response> => {
  const address = new URL(endpoint);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  return fetch(address, { method: headers ? 'OPTIONS' : 'GET', headers: { origin, ...headers }, signal: AbortSignal.timeout(patienceMs) });
};

const bodyOf = (response: Response): Promise<unknown> => response.json().catch(() => undefined);

const isServer = (entry: unknown): boolean => {
  const { urls, username, credential } = Object(entry) as Record<string, unknown>;
  if (typeof urls !== 'string' || !/^(stun|turns?):[\w.-]+:\d+(\?transport=(udp|tcp))?$/.test(urls)) return false;
  return urls.startsWith('stun:') || (typeof username === 'string' && typeof credential === 'string');
};

const hostsOf = (body: unknown): string[] =>
  Array.isArray(body) ? [...new Set(body.flatMap((entry) => /^turns?:([^:]+)/.exec(String(Object(entry).urls))?.[1] ?? []))] : [];

/** The shape of a body in words: never a value of it. */
export const shapeOf = (body: unknown): string => {
  if (Array.isArray(body)) return `a list of ${body.length}, ${body.filter(isServer).length} of them ICE servers with one URL each`;
  if (typeof body !== 'object' || body === null) return body === undefined ? 'no JSON' : typeof body;
  return `an object of ${Object.keys(body)
    .filter((name) => /^\w{1,20}$/.test(name))
    .sort()
    .join(', ')}`;
};

export const compare = (about: string, expected: string, found: string): Finding => ({
  about,
  expected,
  found,
  verdict: expected === found ? 'as documented' : 'differs',
});

export const tell = (about: string, expected: string, found: string): Finding => ({ about, expected, found, verdict: 'told' });

/** Asks what a page would ask, in six requests, and compares. No finding holds a key or a piece of a pair. */
export const checkContract = async (service: Service, regions: readonly string[]): Promise<Finding[]> => {
  const { apiKey } = service;
  const first = await ask(service, { apiKey });
  const body = await bodyOf(first);
  const again = await bodyOf(await ask(service, { apiKey }));
  const findings = [
    compare('a right key: status', '200', String(first.status)),
    compare('a right key: body', 'a list of 5, 5 of them ICE servers with one URL each', shapeOf(body)),
    compare('a right key: may be read from every origin', '*', first.headers.get('access-control-allow-origin') ?? 'no header'),
    tell('two calls with one key: the pair', 'the same (assumed)', JSON.stringify(body) === JSON.stringify(again) ? 'the same' : 'another'),
    tell(
      'headers that tell a life',
      'none documented',
      ['cache-control', 'expires', 'age'].filter((name) => first.headers.has(name)).join(', ') || 'none',
    ),
  ];

  const refused = await ask(service, { apiKey: wrongKey });
  findings.push(
    compare('a wrong key: status', '401', String(refused.status)),
    compare('a wrong key: body', 'an object of error', shapeOf(await bodyOf(refused))),
    tell('a wrong key: may be read from every origin', '* (assumed)', refused.headers.get('access-control-allow-origin') ?? 'no header'),
  );
  const keyless = await ask(service, {});
  findings.push(
    compare('no key: status', '400', String(keyless.status)),
    compare('no key: body', 'an object of error', shapeOf(await bodyOf(keyless))),
  );

  const preflight = await ask(service, { apiKey }, { 'access-control-request-method': 'GET', 'access-control-request-headers': 'x-any' });
  findings.push(
    tell(
      'a preflight',
      'no answer for it (assumed)',
      `${preflight.status}, allows ${preflight.headers.get('access-control-allow-headers') ?? 'no header'}`,
    ),
  );

  const unknown = await ask(service, { apiKey, region: 'no-such-region' });
  findings.push(tell('an unknown region', 'an error or the default region', `${unknown.status}, ${shapeOf(await bodyOf(unknown))}`));
  for (const region of regions) {
    const response = await ask(service, { apiKey, region });
    findings.push(compare(`region ${region}`, '200', String(response.status)));
    findings.push(tell(`region ${region}: hosts`, 'not documented', hostsOf(await bodyOf(response)).join(', ') || 'none'));
  }
  return findings;
};

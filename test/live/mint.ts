import { compare, shapeOf, tell, type Finding } from './contract.js';

export interface Account {
  /** The address of Get Credential, without a key. */
  readonly endpoint: string;
  readonly secretKey: string;
}

const patienceMs = 15_000;
const expiryInSeconds = 600;
const label = 'ice-servers-loader live check';

interface Answer {
  readonly status: string;
  readonly body: unknown;
}

/**
 * Does what a server does that mints a credential for each user: creates one that expires, gets its servers, disables and deletes it.
 * It is deleted whatever happens in between. No finding holds a key or a piece of a pair.
 */
export async function checkMint(account: Account): Promise<Finding[]> {
  const created = await send(account, 'POST', 'credential', { expiryInSeconds, label });
  const { username, password, apiKey } = Object(created.body) as Record<string, unknown>;
  const findings = [
    compare('create: status', '200', created.status),
    compare('create: body', 'an object of apiKey, expiryInSeconds, label, password, username', shapeOf(created.body)),
    compare('create: the life', String(expiryInSeconds), lifeIn(created.body)),
  ];
  if (typeof username !== 'string') return [...findings, ...(await checkRefusals(account))];

  try {
    findings.push(...(await checkKey(account, { apiKey: String(apiKey), username, password })));
    const disabled = await send(account, 'POST', 'credential/disable', { username });
    findings.push(
      compare('disable: status', '200', disabled.status),
      compare('disable: body', 'an object of message', shapeOf(disabled.body)),
      tell('a disabled key: status', '401 (assumed)', (await get(account, String(apiKey))).status),
    );
  } finally {
    const deleted = await send(account, 'DELETE', 'credential', { username });
    findings.push(
      compare('delete: status', '200', deleted.status),
      compare('delete: body', 'an object of message, success', shapeOf(deleted.body)),
    );
  }
  findings.push(tell('a deleted key: status', '401 (assumed)', (await get(account, String(apiKey))).status));
  return [...findings, ...(await checkRefusals(account))];
}

async function checkKey(account: Account, minted: { apiKey: string; username: string; password: unknown }): Promise<Finding[]> {
  const { apiKey, username, password } = minted;
  const { status, body } = await get(account, apiKey);
  const pairs = (Array.isArray(body) ? (body as Partial<RTCIceServer>[]) : []).filter((server) => server?.username !== undefined);
  const isItsOwn = pairs.length > 0 && pairs.every((server) => server.username === username && server.credential === password);
  return [
    tell('the minted key: shape', '36 hexadecimal digits (assumed)', /^[0-9a-f]{36}$/.test(apiKey) ? '36 hexadecimal digits' : 'another'),
    compare('the minted key: status', '200', status),
    compare("the minted key: the servers' pair", 'that of the credential', isItsOwn ? 'that of the credential' : 'another or none'),
  ];
}

async function checkRefusals(account: Account): Promise<Finding[]> {
  const lifeless = await send(account, 'POST', 'credential', { expiryInSeconds: 0, label });
  // It would never expire.
  const { username } = Object(lifeless.body) as Record<string, unknown>;
  if (typeof username === 'string') await send(account, 'DELETE', 'credential', { username });
  const stranger = await send({ ...account, secretKey: '0'.repeat(48) }, 'POST', 'credential', { expiryInSeconds, label });
  return [
    compare('create with a life of 0: status', '400', lifeless.status),
    compare('create with a life of 0: body', 'an object of message', shapeOf(lifeless.body)),
    tell('create with a wrong Secret Key', '401 or 400', `${stranger.status}, ${shapeOf(stranger.body)}`),
  ];
}

function lifeIn(body: unknown): string {
  const { expiryInSeconds: life } = Object(body) as Record<string, unknown>;
  return typeof life === 'number' ? String(life) : 'none';
}

/** The paths of both keys' calls begin alike. */
async function send({ endpoint, secretKey }: Account, method: 'POST' | 'DELETE', path: string, content: object): Promise<Answer> {
  const address = new URL(path, endpoint);
  address.searchParams.set('secretKey', secretKey);
  const response = await fetch(address, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(content),
    signal: AbortSignal.timeout(patienceMs),
  });
  return read(response);
}

async function get({ endpoint }: Account, apiKey: string): Promise<Answer> {
  const address = new URL(endpoint);
  address.searchParams.set('apiKey', apiKey);
  return read(await fetch(address, { signal: AbortSignal.timeout(patienceMs) }));
}

async function read(response: Response): Promise<Answer> {
  const body: unknown = await response.json().catch(() => undefined);
  return { status: String(response.status), body };
}

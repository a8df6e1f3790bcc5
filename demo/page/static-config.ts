import { appOrEndpoint } from '../app-address.js';
import type { PageConfig } from '../page-config.js';
import { wrongAppWords } from './page-words.js';
import { containsKey } from './without-secrets.js';

const longestWaitMs = 5000;

const fields: Readonly<Record<string, 'string' | 'boolean'>> = { endpoint: 'string', app: 'string', region: 'string', form: 'boolean' };

/** What `config.json` next to a static build may preset. It must not contain a key, because every visitor can read it. */
interface StaticConfig {
  readonly endpoint?: string;
  readonly app?: string;
  readonly region?: string;
  /** `false` hides the form. */
  readonly form?: boolean;
}

/** Without this file, nothing is preset, and the user fills in the form. */
export async function fetchStaticConfig(): Promise<PageConfig> {
  const text = await readText('./config.json');
  const { endpoint, app = '', region, form } = text === undefined ? {} : parseStaticConfig(text);
  return { mode: 'static', app: endpoint ?? app, apiKey: '', ...(region && { region }), hidesForm: form === false, notes: [] };
}

/** @throws `Error` in words for the owner of the page, without the value of a field */
export function parseStaticConfig(text: string): StaticConfig {
  const config = readObject(text);
  for (const [name, value] of Object.entries(config)) {
    if (!Object.hasOwn(fields, name))
      throw new Error(`config.json has an unknown field. The fields are ${Object.keys(fields).join(', ')}.`);
    if (typeof value !== fields[name]) throw new Error(`config.json: ${name} must be a ${fields[name]}.`);
  }
  const { endpoint, app, form } = config as StaticConfig;
  if (endpoint && !isPublicEndpoint(endpoint)) {
    throw new Error('config.json: endpoint must be a full http(s) address with a path and without a key.');
  }
  if (endpoint && app) throw new Error('config.json has both endpoint and app. One of them is enough.');
  if (form === false && !endpoint) throw new Error('config.json hides the form, but sets no endpoint to load servers from.');
  return config;
}

/** People open this page on bad networks, so it does not wait for the file forever. */
async function readText(address: string): Promise<string | undefined> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(longestWaitMs) });
    return response.ok ? await response.text() : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Returns whether this is a full address without a key, because anyone can read the file. A value that is not known to be a key is accepted:
 * an endpoint may need parameters of its own.
 */
function isPublicEndpoint(endpoint: string): boolean {
  const found = appOrEndpoint(endpoint);
  if (!('endpoint' in found) || wrongAppWords(endpoint)) return false;
  const { searchParams, username, password } = found.endpoint;
  return !username && !password && [...searchParams].every(([name, value]) => isPublicParameter(name, value));
}

function isPublicParameter(name: string, value: string): boolean {
  return name.toLowerCase() !== 'apikey' && !containsKey(name) && !containsKey(value);
}

function readObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // The error below covers this too.
  }
  throw new Error('config.json is not a JSON object.');
}

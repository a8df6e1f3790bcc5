export const bodyKinds = [
  /** An HTML page, like that of a proxy or a captive portal. */
  'html',
  'empty-array',
  /** `{ "error": … }`, with 200 unless a status is given. */
  'error-object',
  'empty',
  /** The first half of the real response. */
  'truncated',
  /** The real response, mixed with entries that must not be accepted. */
  'odd-entries',
  /** A response that starts and never ends. */
  'endless',
  /** `{ iceServers, ttl }`, as a route on a server may return it. */
  'wrapped',
] as const;

export type BodyKind = (typeof bodyKinds)[number];

/** What goes wrong with Get Credential. Whatever is left out works normally. */
export interface Fault {
  /** How many responses are affected before the fault ends. Without it, all of them until the fault is removed. */
  readonly times?: number;
  readonly delayMs?: number;
  /** Accepts the request and never responds. */
  readonly hang?: boolean;
  /** Closes the connection instead of responding. */
  readonly disconnect?: boolean;
  readonly status?: number;
  /** `false` leaves the CORS headers out. */
  readonly cors?: boolean;
  readonly body?: BodyKind | { readonly text: string; readonly contentType?: string };
  /** Seconds, sent within `{ iceServers, ttl }`. */
  readonly ttl?: number;
  /** The header's value: seconds or a date. */
  readonly retryAfter?: string;
  /** Lets a page read the `Retry-After` header. */
  readonly exposeRetryAfter?: boolean;
  /** The number of requests per minute that succeed. The others get 429. */
  readonly perMinute?: number;
}

const checks: Readonly<Record<keyof Fault, (value: unknown) => boolean>> = {
  times: isCount,
  delayMs: isCount,
  hang: isBoolean,
  disconnect: isBoolean,
  status: (value) => isCount(value) && value >= 200 && value <= 599,
  cors: isBoolean,
  body: isBody,
  ttl: (value) => typeof value === 'number' && Number.isFinite(value),
  retryAfter: isText,
  exposeRetryAfter: isBoolean,
  perMinute: isCount,
};

/** Reads a fault from JSON. Throws a TypeError that says what is wrong with it. */
export function parseFault(value: unknown): Fault {
  if (!isObject(value)) throw new TypeError('A fault is an object, such as { "status": 500 }.');
  for (const [name, content] of Object.entries(value)) {
    if (!Object.hasOwn(checks, name)) {
      throw new TypeError(`There is no fault "${name}". Known: ${Object.keys(checks).join(', ')}.`);
    }
    if (!checks[name as keyof Fault](content)) throw new TypeError(`The fault "${name}" has a wrong value.`);
  }
  return value;
}

function isBody(value: unknown): boolean {
  if (!isObject(value)) return bodyKinds.some((kind) => kind === value);
  return isText(value['text']) && (value['contentType'] === undefined || isText(value['contentType']));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

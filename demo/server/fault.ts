export const bodyKinds = [
  /** A page such as a proxy or a captive portal sends. */
  'html',
  'empty-array',
  /** `{ "error": … }`, with 200 unless a status is given. */
  'error-object',
  'empty',
  /** The first half of the true answer. */
  'truncated',
  /** The true answer among entries that a browser or a checker must not take. */
  'odd-entries',
  /** Begins, and never ends. */
  'endless',
  /** `{ iceServers, ttl }`, as an own proxy may answer. */
  'wrapped',
] as const;

export type BodyKind = (typeof bodyKinds)[number];

/** What goes wrong with Get Credential. Everything left out is as it should be. */
export interface Fault {
  /** How many answers it spoils before it ends by itself; without it, all until it is taken away. */
  readonly times?: number;
  readonly delayMs?: number;
  /** Takes the request and never answers. */
  readonly hang?: boolean;
  /** Cuts the connection instead of answering. */
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
  /** So many requests in any minute pass, the others get 429. */
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

/** Reads a fault from foreign JSON; throws a TypeError that names what is wrong with it. */
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

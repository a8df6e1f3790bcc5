/** How a stand-in endpoint answers one request. */
export type Answer = (init: RequestInit, count: number) => Promise<Response>;

export const apiKey = '0123456789abcdef0123456789abcdef0123';
export const otherApiKey = 'fedcba9876543210fedcba9876543210fedc';
export const address = 'https://demo.metered.live/api/v1/turn/credentials';

/** The body that Metered documents; its username and credential contain the number of the answer. */
export const meteredBody = (count: number | string = 1, host = 'global.relay.metered.ca'): RTCIceServer[] => {
  const pair = { username: `user-${count}`, credential: `secret-${count}` };
  return [
    { urls: `stun:${host}:80` },
    { urls: `turn:${host}:80`, ...pair },
    { urls: `turn:${host}:80?transport=tcp`, ...pair },
    { urls: `turn:${host}:443`, ...pair },
    { urls: `turns:${host}:443?transport=tcp`, ...pair },
  ];
};

const unlessAborted = <T>(signal: AbortSignal | null | undefined, promise: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const abort = (): void => reject(signal?.reason as Error);
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
    promise.then(resolve, reject);
  });

/** 200 with Metered's body, and a new username and credential for each request. */
export const good: Answer = async (_, count) => Response.json(meteredBody(count));

/** 200, or another status, with any JSON. */
export const json =
  (body: unknown, status = 200): Answer =>
  async () =>
    Response.json(body, { status });

/** 200, or another status, with any text. */
export const text =
  (body: string | null, status = 200, headers: Record<string, string> = {}): Answer =>
  async () =>
    new Response(body, { status, headers: { 'content-type': 'text/html', ...headers } });

/** An HTTP error with the body that Metered documents. */
export const httpError =
  (status: number, headers: Record<string, string> = {}): Answer =>
  async () =>
    Response.json({ error: 'Invalid API Key' }, { status, headers });

/** Offline, blocked, unknown host or no CORS headers: `fetch` rejects with the same error for all of them. */
export const unreachable: Answer = async () => {
  throw new TypeError('Failed to fetch');
};

/** Hangs until the signal aborts, like `fetch`. */
export const noAnswer: Answer = (init) => unlessAborted(init.signal, new Promise(() => {}));

/** Hangs, and ignores the signal. */
export const noAnswerDespiteAbort: Answer = () => new Promise(() => {});

/** Answers after this time, unless the signal aborts first. */
export const delayed =
  (ms: number, answer: Answer = good): Answer =>
  (init, count) => {
    const work = (async () => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      return answer(init, count);
    })();
    work.catch(() => {});
    return unlessAborted(init.signal, work);
  };

/** Sends headers and a body that never ends, and ignores the signal. */
export const endlessBody =
  (status = 200): Answer =>
  async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('[{"urls":"stun:')),
    });
    return new Response(body, { status });
  };

export interface Request {
  readonly url: URL;
  readonly init: RequestInit;
  /** When it was sent, in fake time. */
  readonly at: number;
}

export interface Endpoint {
  readonly fetch: (input: string, init: RequestInit) => Promise<Response>;
  readonly requests: readonly Request[];
  /** The highest number of simultaneous requests. */
  readonly maxConcurrent: () => number;
  readonly pendingCount: () => number;
  /** Answers for the next requests, one each, before the answer of `always`. */
  readonly next: (...answers: Answer[]) => void;
  readonly always: (answer: Answer) => void;
}

/** A stand-in for the endpoint that records its requests. It answers `good` unless told otherwise. */
export const createEndpoint = (...answers: Answer[]): Endpoint => {
  const queue = [...answers];
  const requests: Request[] = [];
  let usual = good;
  let pendingCount = 0;
  let maxConcurrent = 0;
  return {
    requests,
    pendingCount: () => pendingCount,
    maxConcurrent: () => maxConcurrent,
    next: (...more) => void queue.push(...more),
    always: (answer) => void (usual = answer),
    fetch: async (input, init) => {
      // Like fetch, it then sends nothing.
      init.signal?.throwIfAborted();
      requests.push({ url: new URL(input), init, at: Date.now() });
      maxConcurrent = Math.max(maxConcurrent, ++pendingCount);
      try {
        return await (queue.shift() ?? usual)(init, requests.length);
      } finally {
        pendingCount--;
      }
    },
  };
};

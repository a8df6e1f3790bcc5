/** What a stand-in endpoint does with one request. */
export type Answer = (init: RequestInit, count: number) => Promise<Response>;

export const apiKey = '0123456789abcdef0123456789abcdef0123';
export const otherApiKey = 'fedcba9876543210fedcba9876543210fedc';
export const address = 'https://demo.metered.live/api/v1/turn/credentials';

/** The body that Metered documents, with a pair that tells which answer it is from. */
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

/** 200 with Metered's body; each request brings a new pair. */
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

/** A refusal with the body that Metered documents. */
export const httpError =
  (status: number, headers: Record<string, string> = {}): Answer =>
  async () =>
    Response.json({ error: 'Invalid API Key' }, { status, headers });

/** Offline, blocked, no such host, or no CORS headers: `fetch` says the same to all of them. */
export const unreachable: Answer = async () => {
  throw new TypeError('Failed to fetch');
};

/** Nothing comes; like `fetch`, it hears the signal. */
export const noAnswer: Answer = (init) => unlessAborted(init.signal, new Promise(() => {}));

/** Nothing comes, and the signal is not heard either. */
export const noAnswerDespiteAbort: Answer = () => new Promise(() => {});

/** The answer comes later; like `fetch`, it hears the signal. */
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

/** The headers come and the body never ends; it does not hear the signal. */
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
  /** When it was made, in fake time. */
  readonly at: number;
}

export interface Endpoint {
  readonly fetch: (input: string, init: RequestInit) => Promise<Response>;
  readonly requests: readonly Request[];
  /** The most requests that were under way at once. */
  readonly maxConcurrent: () => number;
  readonly pendingCount: () => number;
  /** What the next requests get, one each; after them comes what `always` says. */
  readonly next: (...answers: Answer[]) => void;
  readonly always: (answer: Answer) => void;
}

/** A stand-in for the endpoint that records what it is asked. It answers `good` until told otherwise. */
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
      // As fetch does: nothing is sent then.
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

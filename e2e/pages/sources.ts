import { createIceServersLoader, isIceServersError, type IceServersOptions } from 'ice-servers-loader';

/** Where the page's own server and Metered are. */
export interface SourceGiven {
  readonly endpoint: string;
  readonly apiKey: string;
  readonly turnKeyPath: string;
  readonly iceServersPath: string;
}

export interface Outcome {
  /** Where the servers came from; `undefined` if the load rejected. */
  readonly source?: string | undefined;
  readonly servers?: number;
  /** The error's code, or its name if it is none of the package's. */
  readonly error?: string;
}

declare global {
  interface Window {
    makeLoader: (source: SourceName, given: SourceGiven) => void;
    loadNow: () => Promise<Outcome>;
    /** Starts a load that `abortLoad` can abort. */
    startLoad: () => void;
    /** Aborts it, and returns how it ended and how many of its requests were given up. */
    abortLoad: () => Promise<Outcome & { readonly abortedRequests: number }>;
  }
}

const sources = {
  'Metered with a fixed key': ({ endpoint, apiKey }) => ({ endpoint, apiKey }),
  'Metered with a key from a function': ({ endpoint, turnKeyPath }) => ({
    endpoint,
    apiKey: ({ signal }) => fetchJson(turnKeyPath, signal),
  }),
  'an own route': ({ iceServersPath }) => ({ endpoint: iceServersPath }),
  getServers: ({ iceServersPath }) => ({ getServers: ({ signal }) => fetchJson(iceServersPath, signal), cacheKey: 'anna' }),
} satisfies Record<string, (given: SourceGiven) => IceServersOptions>;

export type SourceName = keyof typeof sources;

const controller = new AbortController();
const signals: AbortSignal[] = [];
let loading: Promise<Outcome>;

const { fetch: originalFetch } = window;
window.fetch = (input, init) => {
  if (init?.signal) signals.push(init.signal);
  return originalFetch(input, init);
};

window.makeLoader = (source, given) => {
  window.loader = createIceServersLoader(sources[source](given));
};
window.loadNow = () => load();
window.startLoad = () => {
  loading = load(controller.signal);
};
window.abortLoad = async () => {
  controller.abort();
  return { ...(await loading), abortedRequests: signals.filter(({ aborted }) => aborted).length };
};

async function load(signal?: AbortSignal): Promise<Outcome> {
  try {
    const configuration = await window.loader.load({ ...(signal && { signal }) });
    new RTCPeerConnection(configuration).close();
    return { source: window.loader.status?.source, servers: configuration.iceServers.length };
  } catch (error) {
    return { error: isIceServersError(error) ? error.code : (error as Error).name };
  }
}

async function fetchJson(address: string, signal: AbortSignal) {
  const response = await fetch(address, { signal });
  if (!response.ok) throw new Error('The route failed.');
  return response.json();
}

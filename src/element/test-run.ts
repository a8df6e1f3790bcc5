import { testConnectivity, type Progress, type ServerResult } from '../connectivity.js';
import { hasWebRtc } from '../connectivity/options.js';
import { isIceServersError, type IceServersLoader, type LoadOptions } from '../index.js';
import type { IceLoad, IceReport } from './types.js';

/** What a run tells while it is in progress. */
export interface RunListener {
  readonly onLoad: (load: IceLoad, servers: readonly RTCIceServer[]) => void;
  readonly onResult: (result: ServerResult) => void;
  readonly onProgress: (progress: Progress) => void;
}

export interface RunOptions extends RunListener {
  /** @throws `TypeError` for a wrong option, `IceServersError` for a key of another kind */
  readonly getLoader: () => IceServersLoader;
  readonly cache: NonNullable<LoadOptions['cache']>;
  readonly signal: AbortSignal;
}

/** What a run found. */
export type RunFindings = Pick<IceReport, 'results' | 'verdict' | 'quality' | 'load' | 'stopped' | 'webrtc'>;

const nothingLoaded: IceLoad = { elapsed: 0 };

/**
 * Loads the servers and tests them.
 *
 * @throws `TypeError` for a wrong option, and nothing else: every other failure is a finding
 */
export async function runTest({ getLoader, cache, signal, ...listener }: RunOptions): Promise<RunFindings> {
  const webrtc = hasWebRtc() ? 'available' : 'missing';
  const { load, iceServers } = await loadServers(getLoader, { cache, signal });
  if (!signal.aborted) listener.onLoad(load, iceServers ?? []);
  if (!iceServers || webrtc === 'missing' || signal.aborted) return { load, results: [], stopped: signal.aborted, webrtc };
  const { onResult, onProgress } = listener;
  const { results, verdict, quality } = await testConnectivity({ iceServers }, { quality: true, signal, onResult, onProgress });
  return { load, results, verdict, quality, stopped: signal.aborted, webrtc: isBlocked(results) ? 'blocked' : webrtc };
}

/** Loads servers and measures how long that takes. */
export async function loadServers(
  getLoader: () => IceServersLoader,
  options: LoadOptions,
): Promise<{ load: IceLoad; iceServers?: RTCIceServer[] }> {
  const startedAt = performance.now();
  try {
    const loader = getLoader();
    const { iceServers } = await loader.load(options);
    const { source, fetchedAt, expiresAt, error } = loader.status!;
    const elapsed = performance.now() - startedAt;
    return { iceServers, load: { source, elapsed, fetchedAt, expiresAt, error: error?.code, status: error?.status } };
  } catch (error) {
    const elapsed = performance.now() - startedAt;
    if (isIceServersError(error)) {
      // The element speaks to the user. Only the page’s developer can do something about these errors.
      if (!error.retryable) console.warn(error.message);
      return { load: { elapsed, error: error.code, status: error.status } };
    }
    if (options.signal?.aborted) return { load: nothingLoaded };
    throw error;
  }
}

/** An extension that breaks WebRTC breaks it for every server. */
function isBlocked(results: readonly ServerResult[]): boolean {
  return results.length > 0 && results.every(({ status }) => status === 'error');
}

import { createIceServersLoader, keepFresh } from 'ice-servers-loader';

export const loader = createIceServersLoader({
  appName: 'demo',
  apiKey: '0123456789abcdef0123456789abcdef0123',
  autoRefresh: true, // so that peek() keeps returning servers
});
let isWaiting = false;
let ready: RTCPeerConnection | undefined;

/** Call this when the user may soon start a call. */
export async function prepareConnection(): Promise<void> {
  isWaiting = true;
  await loader.load();
  if (!ready) gather();
}

/** Call this when the user starts the call. */
export async function takeConnection(): Promise<RTCPeerConnection> {
  isWaiting = false;
  const prepared = ready;
  ready = undefined;
  const connection = prepared ?? new RTCPeerConnection(await loader.load());
  keepFresh(connection, loader);
  return connection;
}

/** Gathers candidates with the current servers. A hidden page releases its relays. */
function gather(): void {
  ready?.close();
  const configuration = isWaiting && document.visibilityState === 'visible' ? loader.peek() : undefined;
  ready = configuration && new RTCPeerConnection({ ...configuration, iceCandidatePoolSize: 1 });
}

loader.addEventListener('refresh', gather);
document.addEventListener('visibilitychange', gather);

import { createIceServersLoader, keepFresh, type ExpiringApiKey } from 'ice-servers-loader';
import { negotiate } from '../../demo/call/negotiate.js';

export interface WatchedPlan {
  readonly endpoint: string;
  /** A route that mints a key for each request, and also names the credential's username. */
  readonly mintAt: string;
}

export interface Watched {
  /** How many messages arrived. */
  readonly heard: number;
  /** The username that `peek` returns now. */
  readonly latest: string | undefined;
  /** Usernames that were handed out although their credential was dead by the page's clock. */
  readonly deadHandedOut: readonly string[];
  readonly state: RTCPeerConnectionState;
}

declare global {
  interface Window {
    startWatchedCall: (plan: WatchedPlan) => Promise<void>;
    watched: () => Watched;
  }
}

const messageEveryMs = 20;

/** A call whose page looks at what `peek` returns fifty times a second, and has no listener on the loader. */
window.startWatchedCall = async ({ endpoint, mintAt }) => {
  const deathOf = new Map<string, number>();
  const loader = createIceServersLoader({
    endpoint,
    apiKey: async ({ signal }) => {
      const calledAt = Date.now();
      const minted = (await (await fetch(mintAt, { signal })).json()) as ExpiringApiKey & { expiryInSeconds: number; username: string };
      deathOf.set(minted.username, calledAt + minted.expiryInSeconds * 1000);
      return minted;
    },
    autoRefresh: true,
    rtcConfiguration: { iceTransportPolicy: 'relay' },
  });
  const near = new RTCPeerConnection(await loader.load());
  const far = new RTCPeerConnection(loader.peek());
  negotiate(near, far);
  for (const pc of [near, far]) keepFresh(pc, loader);

  let heard = 0;
  far.addEventListener('datachannel', ({ channel }) => {
    channel.addEventListener('message', () => {
      heard += 1;
    });
  });
  const channel = near.createDataChannel('call');
  const dead = new Set<string>();
  setInterval(() => {
    if (channel.readyState === 'open') channel.send('a message');
    const username = usernameOf(loader.peek());
    if (username !== undefined && Date.now() >= deathOf.get(username)!) dead.add(username);
  }, messageEveryMs);
  window.watched = () => ({ heard, latest: usernameOf(loader.peek()), deadHandedOut: [...dead], state: near.connectionState });
};

function usernameOf(configuration: RTCConfiguration | undefined): string | undefined {
  return configuration?.iceServers?.find(({ username }) => username)?.username;
}

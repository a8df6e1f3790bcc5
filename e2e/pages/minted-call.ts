import { createIceServersLoader, keepFresh, type ApiKeyFunction, type IceServersLoader } from 'ice-servers-loader';
import { negotiate } from '../../demo/call/negotiate.js';

/** One end of the call: with a loader of its own, as it has in a page of its own. */
export interface EndPlan {
  readonly endpoint: string;
  /** A fixed key. */
  readonly apiKey?: string;
  /** A route that mints a key for each request. */
  readonly mintAt?: string;
  readonly maxAge?: number;
  /** Epoch milliseconds. */
  readonly expiresAt?: number;
}

export interface CallPlan {
  readonly ends: readonly [near: EndPlan, far: EndPlan];
  /** How much later the far end joins. */
  readonly joinsAfterMs?: number;
  /** Whether lost messages are sent again. */
  readonly isReliable: boolean;
  /** The app restarts ICE itself when the connection is interrupted, as many apps do. */
  readonly restartsWhenInterrupted?: boolean;
}

export interface CallCounts {
  readonly sent: number;
  readonly received: number;
  /** The time since the last message arrived. */
  readonly silentMs: number;
  readonly longestSilenceMs: number;
  /** The codes of the `error` events of each end's loader. */
  readonly errors: readonly [near: string[], far: string[]];
  /** How many gatherings a TURN server refused with 401, on both ends. */
  readonly refusals: number;
  readonly state: RTCPeerConnectionState;
}

declare global {
  interface Window {
    startCall: (plan: CallPlan) => Promise<void>;
    countCall: () => CallCounts;
    /** Sends no more messages; what is on its way may still arrive. */
    stopSending: () => void;
  }
}

interface End {
  readonly pc: RTCPeerConnection;
  readonly loader: IceServersLoader;
  readonly errors: string[];
}

const messageEveryMs = 20;

window.startCall = async ({ ends, joinsAfterMs = 0, isReliable, restartsWhenInterrupted }) => {
  const near = await open(ends[0]);
  await new Promise((resolve) => void setTimeout(resolve, joinsAfterMs));
  const far = await open(ends[1]);
  negotiate(near.pc, far.pc);
  const channel = near.pc.createDataChannel('call', isReliable ? {} : { ordered: false, maxRetransmits: 0 });
  for (const { pc, loader } of [near, far]) keepFresh(pc, loader);
  if (restartsWhenInterrupted) restartWhenInterrupted(near.pc);
  count([near, far], channel);
};

async function open({ mintAt, apiKey, ...plan }: EndPlan): Promise<End> {
  const loader = createIceServersLoader({
    ...plan,
    apiKey: mintAt ? mintFrom(mintAt) : apiKey,
    storage: 'memory',
    rtcConfiguration: { iceTransportPolicy: 'relay' },
  });
  const errors: string[] = [];
  loader.addEventListener('error', ({ detail }) => void errors.push(detail.code));
  return { pc: new RTCPeerConnection(await loader.load()), loader, errors };
}

function mintFrom(address: string): ApiKeyFunction {
  return async ({ signal }) => (await fetch(address, { signal })).json();
}

function restartWhenInterrupted(pc: RTCPeerConnection): void {
  pc.addEventListener('iceconnectionstatechange', () => {
    if (pc.iceConnectionState === 'disconnected') pc.restartIce();
  });
}

function count([near, far]: readonly [End, End], channel: RTCDataChannel): void {
  const received = new Set<string>();
  let sent = 0;
  let refusals = 0;
  let lastAt = performance.now();
  let longestSilenceMs = 0;
  far.pc.addEventListener('datachannel', (event) => {
    event.channel.addEventListener('message', ({ data }) => {
      const now = performance.now();
      if (received.size) longestSilenceMs = Math.max(longestSilenceMs, now - lastAt);
      lastAt = now;
      received.add(String(data));
    });
  });
  for (const { pc } of [near, far]) {
    pc.addEventListener('icecandidateerror', ({ errorCode }) => {
      if (errorCode === 401) refusals += 1;
    });
  }
  const timer = setInterval(() => {
    if (channel.readyState !== 'open') return;
    channel.send(String(sent));
    sent += 1;
  }, messageEveryMs);
  window.stopSending = () => clearInterval(timer);
  window.countCall = () => ({
    sent,
    received: received.size,
    silentMs: performance.now() - lastAt,
    longestSilenceMs,
    errors: [near.errors, far.errors],
    refusals,
    state: near.pc.connectionState,
  });
}

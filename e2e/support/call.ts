import type { Page } from '@playwright/test';
import type { StandIn } from '../../demo/server/stand-in.js';
import type { TurnServer } from '../../demo/server/turn/turn-server.js';

export interface CallOptions {
  /** A new pair of this life for each answer, or the newest again and again. */
  readonly lifeSeconds: number;
  /** What must have been counted before the call ends; without it, it ends when it is dead or has lived through `interrupt`. */
  readonly until?: Readonly<Partial<Record<'requests' | 'restarts' | 'errors' | 'refusals' | 'received' | 'silenceMs', number>>>;
  /** How long it goes on after that, for what must not happen. */
  readonly thenMs?: number;
  readonly keepsFresh: boolean;
  /** A server of the app's own beside the loaded one: the same one at another address, with this pair. */
  readonly ownPair?: Pair;
  /** Both ends may only use the TURN server. */
  readonly relayOnly: boolean;
  /** The ends may use anything, but tell each other of nothing but their relays. */
  readonly tellsOnlyRelays?: boolean;
  /** Whether lost messages are sent again: Firefox may lose a few while the pair changes. */
  readonly reliable: boolean;
}

export interface Pair {
  readonly username: string;
  readonly password: string;
}

export interface Call {
  readonly requests: number;
  readonly errors: string[];
  readonly restarts: number;
  readonly sent: number;
  readonly lost: number;
  /** The longest time without a message. */
  readonly silenceMs: number;
  readonly policy: string | undefined;
  /** The kinds of candidate that this end of the chosen pair has had. */
  readonly locals: string[];
  readonly state: string;
}

/**
 * A call between two connections of one page, with perfect negotiation and 50 messages a second. The page's loader asks `next`
 * for a pair each time; what the page shows in the end is counted there.
 */
export const callIn = async (
  page: Page,
  { guard, turn }: Pick<StandIn, 'guard' | 'turn'>,
  options: CallOptions,
  next: () => Promise<Pair>,
  interrupt: () => Promise<void> = async () => {},
): Promise<Call> => {
  await page.exposeFunction('nextPair', next);
  await page.exposeFunction('interrupt', interrupt);
  return page.evaluate(
    async ({ given, url, ownServers }) => {
      const { nextPair, interrupt: disturb } = window as unknown as { nextPair: () => Promise<Pair>; interrupt: () => Promise<void> };
      let requests = 0;
      const loader = window.api.createIceServersLoader({
        endpoint: 'http://own-proxy.test/ice',
        apiKey: 'not needed',
        storage: 'memory',
        rtcConfiguration: { iceTransportPolicy: given.relayOnly ? 'relay' : 'all', iceServers: ownServers },
        fetch: async () => {
          requests++;
          const { username, password } = await nextPair();
          return Response.json({ iceServers: [{ urls: url, username, credential: password }], ttl: given.lifeSeconds });
        },
      });
      const errors: string[] = [];
      loader.addEventListener('error', ({ detail }) => errors.push(detail.code));

      const ends = [new RTCPeerConnection(await loader.load()), new RTCPeerConnection(await loader.load())] as const;
      let restarts = 0;
      let refusals = 0;
      // Perfect negotiation: https://www.w3.org/TR/webrtc/#perfect-negotiation-example
      const tellable = ({ type, sdp }: RTCSessionDescription): RTCSessionDescriptionInit => ({
        type,
        sdp: given.tellsOnlyRelays ? sdp.replaceAll(/a=candidate:(?!.* typ relay ).*\r\n/g, '') : sdp,
      });
      const wire = (me: RTCPeerConnection, other: RTCPeerConnection, isPolite: boolean): void => {
        let isMaking = false;
        let isIgnoring = false;
        me.addEventListener('icecandidateerror', ({ errorCode }) => errorCode === 401 && refusals++);
        const restartIce = me.restartIce.bind(me);
        me.restartIce = () => {
          restarts++;
          restartIce();
        };
        me.onnegotiationneeded = async () => {
          isMaking = true;
          await me.setLocalDescription();
          isMaking = false;
          other.dispatchEvent(new CustomEvent('told', { detail: { description: tellable(me.localDescription!) } }));
        };
        me.onicecandidate = ({ candidate }) =>
          candidate?.candidate &&
          (!given.tellsOnlyRelays || candidate.candidate.includes(' typ relay ')) &&
          other.dispatchEvent(new CustomEvent('told', { detail: { candidate } }));
        const hear = async (event: Event): Promise<void> => {
          const { description, candidate } = (
            event as CustomEvent<{ description?: RTCSessionDescriptionInit; candidate?: RTCIceCandidate }>
          ).detail;
          if (candidate) return void me.addIceCandidate(candidate).catch(() => {});
          isIgnoring = !isPolite && description!.type === 'offer' && (isMaking || me.signalingState !== 'stable');
          if (isIgnoring) return;
          await me.setRemoteDescription(description!);
          if (description!.type !== 'offer') return;
          await me.setLocalDescription();
          other.dispatchEvent(new CustomEvent('told', { detail: { description: tellable(me.localDescription!) } }));
        };
        me.addEventListener('told', (event) => void hear(event));
      };
      const [near, far] = ends;
      wire(near, far, true);
      wire(far, near, false);
      if (given.keepsFresh) for (const end of ends) window.api.keepFresh(end, loader);

      const channel = near.createDataChannel('call', given.reliable ? {} : { ordered: false, maxRetransmits: 0 });
      const received = new Set<string>();
      let sent = 0;
      let lastAt = performance.now();
      let silenceMs = 0;
      far.ondatachannel = (event) => {
        event.channel.onmessage = ({ data }) => {
          const now = performance.now();
          if (received.size) silenceMs = Math.max(silenceMs, now - lastAt);
          received.add(String(data));
          lastAt = now;
        };
      };
      const until = (isSo: () => boolean): Promise<void> =>
        new Promise((resolve) => {
          const look = (): void => (isSo() ? resolve() : void setTimeout(look, 100));
          look();
        });
      const timer = setInterval(() => {
        if (channel.readyState === 'open') channel.send(String(sent++));
      }, 20);
      const locals = new Set<string>();
      const noteLocals = async (): Promise<void> => {
        const stats = [...((await near.getStats()) as unknown as Map<string, Record<string, string>>).values()];
        const chosen = stats.find(({ type }) => type === 'transport')?.selectedCandidatePairId;
        // After a restart Firefox marks a pair whose candidates its stats no longer hold.
        const pairs = stats.filter((one) => one.id === chosen || (one.selected as unknown) === true || one.state === 'succeeded');
        for (const pair of pairs) {
          const kind = stats.find((one) => one.id === pair.localCandidateId)?.candidateType;
          if (kind) locals.add(kind);
        }
      };
      const noting = setInterval(() => void noteLocals(), 200);
      if (given.until) {
        const counted = (): Required<NonNullable<typeof given.until>> => ({
          requests,
          restarts,
          errors: errors.length,
          refusals,
          received: received.size,
          silenceMs: Math.max(silenceMs, performance.now() - lastAt),
        });
        const least = Object.entries(given.until) as [keyof ReturnType<typeof counted>, number][];
        await until(() => least.every(([what, count]) => counted()[what] >= count));
        const endsAt = performance.now() + (given.thenMs ?? 0);
        await until(() => performance.now() > endsAt);
      } else {
        await until(() => received.size > 50);
        await disturb();
        const before = received.size;
        await until(() => near.connectionState === 'failed' || received.size > before + 50);
      }
      clearInterval(timer);
      // What is on its way arrives, or does not.
      await until(() => performance.now() - lastAt > 500);
      // A restart that is under way comes to its end.
      await until(() => !received.size || ['connected', 'failed'].includes(near.connectionState));
      clearInterval(noting);
      await noteLocals();
      const { iceTransportPolicy: policy } = near.getConfiguration();
      const state = near.connectionState;
      for (const end of ends) end.close();
      loader.dispose();
      return { requests, errors, restarts, sent, lost: sent - received.size, silenceMs, policy, locals: [...locals], state };
    },
    {
      given: options,
      url: `turn:global.relay.localhost:${(guard ?? turn).port}`,
      ownServers: options.ownPair
        ? [{ urls: `turn:localhost:${turn.port}?transport=tcp`, username: options.ownPair.username, credential: options.ownPair.password }]
        : [],
    },
  );
};

/** Whose allocations the TURN server has granted so far. */
export const allocatingUsers = ({ log }: TurnServer): Set<string> =>
  new Set(log.flatMap((line) => /user <(\w+)>.*ALLOCATE processed, success/.exec(line)?.[1] ?? []));

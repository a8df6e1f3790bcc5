import { IceServersError } from './errors.js';
import type { Timers } from './timers.js';

/** What live connections need of a loader. */
export interface Supply {
  /** What memory holds and is still fresh, as it would be handed out. */
  readonly current: () => readonly RTCIceServer[] | undefined;
  /** Asks the endpoint; `undefined` where it must not be asked now. */
  readonly renew: () => Promise<readonly RTCIceServer[] | undefined>;
  readonly report: (error: unknown) => void;
}

/** The live connections of one loader. */
export interface Keeper {
  /** Starts to keep a connection supplied; gives what ends it. */
  readonly keep: (pc: RTCPeerConnection, signal?: AbortSignal) => () => void;
  /** Gives new servers to every connection. */
  readonly supply: (servers: readonly RTCIceServer[]) => void;
  /** Lets go of closed connections, which tell nobody; says whether any is left. */
  readonly sweep: () => boolean;
  readonly stop: () => void;
}

/** How long a pair that was refused twice is not asked about again. */
const rejectedPauseMs = 300_000;
/** How long one restart may take before the next begins. */
const restartMs = 5000;

/** The secrets of a list; empty where it has no TURN server. */
const pairOf = (servers: readonly RTCIceServer[] = []): string =>
  String([...new Set(servers.flatMap(({ username, credential }) => (username ? [JSON.stringify([username, credential])] : [])))]);

const ufragOf = (pc: RTCPeerConnection): string | undefined => /ice-ufrag:(\S+)/.exec(pc.localDescription?.sdp ?? '')?.[1];

const isClosed = (pc: RTCPeerConnection): boolean => pc.signalingState === 'closed';

/** Whether this end's media or data go through its own relay. Firefox marks the pair, others name it in the transport. */
const isRelayed = async (pc: RTCPeerConnection): Promise<boolean> => {
  // Firefox loses sight of the selected pair's candidates after a restart.
  if (pc.getConfiguration().iceTransportPolicy === 'relay') return true;
  const stats = [...((await pc.getStats()) as unknown as Map<string, Record<string, unknown>>).values()];
  const pairId = stats.find((one) => one.selectedCandidatePairId)?.selectedCandidatePairId;
  const pair = stats.find((one) => one.id === pairId || one.selected === true);
  return stats.some((one) => one.id === pair?.localCandidateId && one.candidateType === 'relay');
};

export const createKeeper = ({ current, renew, report }: Supply, { within }: Timers): Keeper => {
  const kept = new Map<RTCPeerConnection, () => void>();
  /** Pairs that a TURN server said no to. */
  const refused = new Set<string>();
  let rejected: string | undefined;
  let rejectedAt = 0;
  let restarts = Promise.resolve();

  /** One after the other: with both ends in one page, Firefox does not survive two restarts a few milliseconds apart. */
  const restart = (pc: RTCPeerConnection): void => {
    const ufrag = ufragOf(pc);
    restarts = restarts.then(async () => {
      // The other end may have restarted meanwhile, which gathers anew here as well.
      if (!kept.has(pc) || isClosed(pc) || ufragOf(pc) !== ufrag) return;
      const negotiated = new Promise<void>((resolve) => {
        pc.addEventListener('signalingstatechange', function done() {
          if (pc.signalingState === 'stable' ? ufragOf(pc) === ufrag : !isClosed(pc)) return;
          pc.removeEventListener('signalingstatechange', done);
          resolve();
        });
      });
      pc.restartIce();
      await within(restartMs, negotiated);
    });
    // Neither one that throws nor one that nobody negotiates holds the others up.
    restarts = restarts.catch(() => {});
  };

  const apply = async (pc: RTCPeerConnection, servers: readonly RTCIceServer[]): Promise<void> => {
    if (isClosed(pc)) return;
    // A bare { iceServers } would reset a relay-only policy: setConfiguration replaces the whole dictionary.
    const configuration = pc.getConfiguration();
    pc.setConfiguration({ ...configuration, iceServers: [...servers] });
    const old = pairOf(configuration.iceServers);
    // Restarting moves a call that runs: only where it must.
    if (old !== pairOf(servers) && (refused.has(old) || (await isRelayed(pc)))) restart(pc);
  };

  /** The TURN server said 401, or, where the browser cannot tell, gave no relay candidate: a hint, never a proof. */
  const heal = async (pc: RTCPeerConnection, isHint: boolean): Promise<void> => {
    const pair = pairOf(pc.getConfiguration().iceServers);
    if (!pair || (isHint && pc.connectionState === 'connected')) return;
    refused.add(pair);
    if (pair === rejected && Date.now() - rejectedAt < rejectedPauseMs) return;
    let servers = current();
    if (!servers || pairOf(servers) === pair) servers = await renew();
    if (!servers) return;
    if (pairOf(servers) !== pair) return apply(pc, servers);
    const isNews = pair !== rejected && !isHint;
    rejected = pair;
    rejectedAt = Date.now();
    if (isNews) report(new IceServersError('credential-rejected'));
  };

  const keep: Keeper['keep'] = (pc, signal) => {
    const old = kept.get(pc);
    if (old) {
      signal?.addEventListener('abort', old);
      return old;
    }
    let hasRelay = false;
    let isAsking = false;
    const hear = (event: Event): void => {
      const { type } = event;
      const isError = type === 'icecandidateerror';
      if (type === 'icecandidate') hasRelay ||= / typ relay /.test((event as RTCPeerConnectionIceEvent).candidate?.candidate ?? '');
      else if (!isError && pc.iceGatheringState === 'gathering') hasRelay = false;
      else if (
        !isAsking &&
        (isError
          ? (event as RTCPeerConnectionIceErrorEvent).errorCode === 401
          : // Firefox before 150 has no such event.
            !Reflect.has(pc, 'onicecandidateerror') && pc.iceGatheringState === 'complete' && !hasRelay)
      ) {
        isAsking = true;
        void heal(pc, !isError)
          .catch(report)
          .then(() => {
            isAsking = false;
          });
      }
    };
    const types = ['icecandidateerror', 'icecandidate', 'icegatheringstatechange'];
    const stop = (): void => {
      kept.delete(pc);
      for (const type of types) pc.removeEventListener(type, hear);
      signal?.removeEventListener('abort', stop);
    };
    kept.set(pc, stop);
    for (const type of types) pc.addEventListener(type, hear);
    signal?.addEventListener('abort', stop);
    return stop;
  };

  return {
    keep,
    supply: (servers) => {
      // A connection that was closed meanwhile throws, and is let go at the next sweep.
      for (const pc of kept.keys()) apply(pc, servers).catch(() => {});
    },
    sweep: () => {
      for (const [pc, stop] of kept) if (isClosed(pc)) stop();
      return kept.size > 0;
    },
    stop: () => kept.forEach((stop) => stop()),
  };
};

import { IceServersError } from './errors.js';
import type { Timers } from './timers.js';

/** What live connections need of a loader. */
export interface Supply {
  /** What memory holds and is still fresh, as it would be handed out. */
  readonly current: () => readonly RTCIceServer[] | undefined;
  /** Asks the endpoint; `undefined` where it must not be asked now. */
  readonly renew: () => Promise<readonly RTCIceServer[] | undefined>;
  readonly report: (error: unknown) => void;
  /** A connection was let go by the page. */
  readonly onStop: () => void;
}

/** The live connections of one loader. */
export interface Keeper {
  /** Starts to keep a connection supplied; gives what ends it. */
  readonly keep: (pc: RTCPeerConnection, signal?: AbortSignal) => () => void;
  /** Gives what is current to every connection. */
  readonly supply: () => void;
  /** Lets go of closed connections, which tell nobody, and sees to the others; says whether any is left. */
  readonly sweep: () => boolean;
  readonly stop: () => void;
}

/** What is known of one connection. */
interface Link {
  /** Ends with the keeping: every listener hangs on it. */
  readonly controller: AbortController;
  readonly stop: () => void;
  ufrag: string | undefined;
  /** The secrets that its candidates were gathered with: those of the configuration may be newer. */
  pair: string;
  /** The secrets that it was restarted for. */
  restartedFor?: string;
  isAsking?: boolean;
  isRelayed?: boolean | undefined;
}

/** How long the endpoint is not asked because of a 401 after that did not help. */
const rejectedPauseMs = 300_000;
/** How long one restart may take before the next begins. */
const restartMs = 5000;

const listOf = (servers: readonly RTCIceServer[] = []): string =>
  JSON.stringify(servers.flatMap(({ urls, username, credential }) => [urls].flat().map((url) => [url, username, credential])));

/** The secrets of a list; empty where it has no TURN server. */
const pairOf = (servers: readonly RTCIceServer[] = []): string =>
  String([...new Set(servers.flatMap(({ username, credential }) => (username ? [JSON.stringify([username, credential])] : [])))]);

const givenPairOf = (pc: RTCPeerConnection): string => pairOf(pc.getConfiguration().iceServers);

const sdpOf = (pc: RTCPeerConnection): string => pc.localDescription?.sdp ?? '';

const ufragOf = (pc: RTCPeerConnection): string | undefined => /ice-ufrag:(\S+)/.exec(sdpOf(pc))?.[1];

const isClosed = (pc: RTCPeerConnection): boolean => pc.signalingState === 'closed';

/**
 * Whether this end's media or data go through its own relay; `undefined` where the statistics do not say. Firefox marks the pair, others
 * name it in the transport.
 */
const isRelayed = async (pc: RTCPeerConnection): Promise<boolean | undefined> => {
  if (pc.getConfiguration().iceTransportPolicy === 'relay') return true;
  const stats = [...((await pc.getStats()) as unknown as Map<string, Record<string, unknown>>).values()];
  const pairId = stats.find((one) => one.selectedCandidatePairId)?.selectedCandidatePairId;
  const pair = stats.find((one) => one.id === pairId || one.selected === true);
  const local = stats.find((one) => one.id === pair?.localCandidateId);
  return local && local.candidateType === 'relay';
};

export const createKeeper = ({ current, renew, report, onStop }: Supply, { within }: Timers): Keeper => {
  const kept = new Map<RTCPeerConnection, Link>();
  /** Pairs that a TURN server said no to, and whether that is only guessed. */
  const refused = new Map<string, boolean>();
  let healed: string | undefined;
  let healedAt = 0;
  let rejected: string | undefined;
  let rejectedAt = 0;
  let restarts = Promise.resolve();

  const gatheredWith = (pc: RTCPeerConnection, link: Link): string => {
    const ufrag = ufragOf(pc);
    if (ufrag === undefined || ufrag !== link.ufrag) Object.assign(link, { ufrag, pair: givenPairOf(pc) });
    return link.pair;
  };

  /** One after the other: with both ends in one page, Firefox does not survive two restarts a few milliseconds apart. */
  const restart = (pc: RTCPeerConnection, link: Link): void => {
    restarts = restarts
      .then(async () => {
        // The other end may have restarted meanwhile, which gathers anew here as well.
        if (!kept.has(pc) || isClosed(pc) || gatheredWith(pc, link) === givenPairOf(pc)) return;
        const ufrag = ufragOf(pc);
        let look!: () => void;
        const negotiated = new Promise<void>((resolve) => {
          look = () => {
            if (isClosed(pc) || (pc.signalingState === 'stable' && ufragOf(pc) !== ufrag)) resolve();
          };
        });
        pc.addEventListener('signalingstatechange', look, link.controller);
        pc.restartIce();
        await within(restartMs, negotiated).finally(() => pc.removeEventListener('signalingstatechange', look));
      })
      // Neither one that throws nor one that nobody negotiates holds the others up.
      .catch(() => {});
  };

  /** Moves a call off a relay that was made with older secrets. That moves a call that runs: only where it must. */
  const move = async (pc: RTCPeerConnection, link: Link): Promise<void> => {
    const old = gatheredWith(pc, link);
    const given = givenPairOf(pc);
    if (old === given || link.restartedFor === given) return;
    // Firefox loses sight of the selected pair's candidates after a restart: then what was seen before counts.
    link.isRelayed = (await isRelayed(pc)) ?? link.isRelayed;
    const isGuess = refused.get(old);
    const isDead = isGuess === false || (isGuess && pc.connectionState !== 'connected');
    // Somebody else may have come to the same meanwhile.
    if ((!isDead && !link.isRelayed) || link.restartedFor === given) return;
    link.restartedFor = given;
    restart(pc, link);
  };

  const apply = async (pc: RTCPeerConnection, link: Link, servers: readonly RTCIceServer[]): Promise<void> => {
    if (!kept.has(pc) || isClosed(pc)) return;
    // A bare { iceServers } would reset a relay-only policy: setConfiguration replaces the whole dictionary.
    const configuration = pc.getConfiguration();
    gatheredWith(pc, link);
    if (listOf(configuration.iceServers) !== listOf(servers)) pc.setConfiguration({ ...configuration, iceServers: [...servers] });
    await move(pc, link);
  };

  const reject = (pair: string, isGuess: boolean): void => {
    const isNews = pair !== rejected && !isGuess;
    rejected = pair;
    rejectedAt = Date.now();
    if (isNews) report(new IceServersError('credential-rejected'));
  };

  /** The TURN server said 401, or, where the browser cannot tell, gave no relay candidate: a hint, never a proof. */
  const heal = async (pc: RTCPeerConnection, link: Link, isGuess: boolean): Promise<void> => {
    const pair = gatheredWith(pc, link);
    if (!pair || (isGuess && pc.connectionState === 'connected')) return;
    refused.set(pair, isGuess && refused.get(pair) !== false);
    // A late word on secrets that were replaced meanwhile.
    if (pair !== givenPairOf(pc)) return move(pc, link);
    const now = Date.now();
    if (rejected !== undefined && now - rejectedAt < rejectedPauseMs) return;
    // Where each answer brings new secrets, and the server takes none of them, asking again helps nobody.
    if (pair === healed && now - healedAt < rejectedPauseMs) return reject(pair, isGuess);
    let servers = current();
    if (!servers || pairOf(servers) === pair) servers = await renew();
    if (!servers) return;
    const next = pairOf(servers);
    if (next === pair) return reject(pair, isGuess);
    healed = next;
    healedAt = Date.now();
    return apply(pc, link, servers);
  };

  const tryToHeal = (pc: RTCPeerConnection, link: Link, isGuess: boolean): void => {
    if (link.isAsking) return;
    link.isAsking = true;
    void heal(pc, link, isGuess)
      .catch(report)
      .then(() => {
        link.isAsking = false;
      });
  };

  const keep: Keeper['keep'] = (pc, signal) => {
    let link = kept.get(pc);
    if (!link) {
      const controller = new AbortController();
      const stop = (): void => {
        kept.delete(pc);
        controller.abort();
      };
      const own: Link = { controller, stop, ufrag: undefined, pair: '' };
      link = own;
      kept.set(pc, own);
      const hear = ({ type, errorCode }: Event & { readonly errorCode?: number }): void => {
        const isError = type === 'icecandidateerror';
        // Firefox before 150 has no such event.
        const isHint = !Reflect.has(pc, 'onicecandidateerror') && pc.iceGatheringState === 'complete' && !/ typ relay /.test(sdpOf(pc));
        if (isError ? errorCode === 401 : isHint) tryToHeal(pc, own, !isError);
      };
      for (const type of ['icecandidateerror', 'icegatheringstatechange']) pc.addEventListener(type, hear, controller);
      gatheredWith(pc, own);
      // It may have been made with what was current a while ago.
      const servers = current();
      if (servers && pairOf(servers) !== own.pair) apply(pc, own, servers).catch(() => {});
    }
    const { stop, controller } = link;
    const end = (): void => {
      stop();
      onStop();
    };
    signal?.addEventListener('abort', end, controller);
    return end;
  };

  return {
    keep,
    supply: () => {
      const servers = current();
      if (!servers) return;
      // A connection that was closed meanwhile throws, and is let go at the next sweep.
      for (const [pc, link] of kept) apply(pc, link, servers).catch(() => {});
    },
    sweep: () => {
      for (const [pc, link] of kept) {
        if (isClosed(pc)) link.stop();
        else {
          // A call may have come to run through its relay since, or the endpoint may answer again.
          const isGuess = refused.get(gatheredWith(pc, link));
          if (isGuess === undefined) move(pc, link).catch(() => {});
          else tryToHeal(pc, link, isGuess);
        }
      }
      if (!kept.size) refused.clear();
      return kept.size > 0;
    },
    stop: () => kept.forEach(({ stop }) => stop()),
  };
};

import { IceServersError } from './errors.js';
import { within } from './within.js';

/** The live connections of one loader. */
export interface Keeper {
  /** Starts to keep a connection supplied; gives what ends it. */
  readonly keep: (pc: RTCPeerConnection, signal?: AbortSignal) => () => void;
  /** Lets go of closed connections, which tell nobody, and sees to the others, with what is new; says whether any is left. */
  readonly sweep: (held: object | undefined) => boolean;
}

/** What is done for one connection. Its signal ends with that: every listener hangs on it. */
interface Link {
  readonly signal: AbortSignal;
  readonly sweep: (servers: RTCIceServer[] | undefined) => void;
  readonly stop: () => void;
}

/** How long the endpoint is not asked because of a 401 after that did not help. */
const rejectedPauseMs = 300_000;
/** How long one restart may take before the next begins. */
const restartMs = 5000;

const listOf = (servers: readonly RTCIceServer[] = []): string =>
  JSON.stringify(
    servers.flatMap(({ urls, username, credential }) => [urls].flat().map((url) => [url, username || undefined, credential || undefined])),
  );

/** The secrets of a list; empty where it has no TURN server. */
const pairOf = (servers: readonly RTCIceServer[] = []): string =>
  String([...new Set(servers.flatMap(({ username, credential }) => (username ? JSON.stringify([username, credential]) : [])))]);

/** One name for all spellings of a URL: a browser may add port and transport in what it tells, or leave them out. */
const nameOf = (url: string): string => {
  const [, scheme, host, port, transport = 'udp'] = /^(\w+):(\[.*]|[^:?]*):?(\d*)(?:.*=(\w+))?/.exec(url.toLowerCase()) ?? [];
  const isTls = scheme === 'turns';
  return String([host, port || (isTls ? 5349 : 3478), isTls || transport]);
};

const countOf = (url: string, servers: readonly RTCIceServer[] = []): number =>
  servers.flatMap(({ urls }) => urls).filter((one) => nameOf(one) === nameOf(url)).length;

/**
 * Whether this end's media or data go through its own relay; `undefined` where the statistics do not say. Firefox marks the pair, others
 * name it in the transport.
 */
const isRelayed = async (pc: RTCPeerConnection): Promise<boolean | undefined> => {
  if (pc.getConfiguration().iceTransportPolicy === 'relay') return true;
  const stats = (await pc.getStats()) as unknown as Map<unknown, Record<string, unknown>>;
  let pairId: unknown;
  stats.forEach((one) => {
    pairId ||= one.selectedCandidatePairId || (one.selected && one.id);
  });
  const local = stats.get(stats.get(pairId)?.localCandidateId);
  return local && local.candidateType === 'relay';
};

/**
 * @param own the servers of the app's own, for whose secrets nobody can be asked
 * @param current what memory holds and is still fresh, as it would be handed out
 * @param renew asks the endpoint; `undefined` where it must not be asked now
 * @param onStop a connection was let go by the page
 */
export const createKeeper = (
  life: AbortSignal,
  own: readonly RTCIceServer[],
  current: () => RTCIceServer[] | undefined,
  renew: () => Promise<RTCIceServer[] | undefined>,
  report: (error: unknown) => void,
  onStop: () => void,
): Keeper => {
  const kept = new Map<RTCPeerConnection, Link>();
  /** Pairs that a TURN server said no to, and whether that is only guessed. */
  const refused = new Map<string, boolean>();
  let healed: string | undefined;
  let healedAt = 0;
  let rejected: string | undefined;
  let rejectedAt = -Infinity;
  let restarts = Promise.resolve();
  /** What the connections were given last. */
  let supplied: object | undefined;

  const reject = (pair: string, isGuess: boolean): void => {
    if (pair !== rejected && !isGuess) report(new IceServersError('credential-rejected'));
    rejected = pair;
    rejectedAt = Date.now();
  };

  const attend = (pc: RTCPeerConnection): Link => {
    const controller = new AbortController();
    let ufrag: string | undefined;
    /** The secrets that its candidates were gathered with: those of the configuration may be newer. */
    let pair: string;
    /** The secrets that it was restarted for. */
    let restartedFor: string | undefined;
    let isAsking = false;
    let wasRelayed: boolean | undefined;
    let onSignal: (() => void) | undefined;
    let hasBegun = false;

    const isGone = (): boolean => life.aborted || controller.signal.aborted || pc.signalingState === 'closed';
    const sdp = (): string => String(pc.localDescription?.sdp);
    const ufragNow = (): string | undefined => /ice-ufrag:(\S+)/.exec(sdp())?.[1];
    const given = (): string => pairOf(pc.getConfiguration().iceServers);

    const gatheredWith = (): string => {
      const now = ufragNow();
      if (now === undefined || now !== ufrag) {
        ufrag = now;
        pair = given();
      }
      return pair;
    };

    /** One after the other: with both ends in one page, Firefox does not survive two restarts a few milliseconds apart. */
    const restart = async (): Promise<void> => {
      // The other end may have restarted meanwhile, which gathers anew here as well.
      if (isGone() || gatheredWith() === given()) return;
      const before = ufrag;
      const negotiated = new Promise<void>((resolve) => {
        onSignal = () => {
          if (isGone() || (pc.signalingState === 'stable' && ufragNow() !== before)) resolve();
        };
        pc.restartIce();
      });
      await within(negotiated, life, restartMs);
    };

    /** Moves a call off a relay that was made with older secrets. That moves a call that runs: only where it must. */
    const move = async (): Promise<void> => {
      const old = gatheredWith();
      const next = given();
      if (old === next || restartedFor === next) return;
      // Firefox loses sight of the selected pair's candidates after a restart: then what was seen before counts.
      wasRelayed = (await isRelayed(pc)) ?? wasRelayed;
      const isGuess = refused.get(old);
      const isDead = isGuess === false || (isGuess && pc.connectionState !== 'connected');
      // Somebody else may have come to the same meanwhile.
      if ((!isDead && !wasRelayed) || restartedFor === next) return;
      restartedFor = next;
      // Neither one that throws nor one that nobody negotiates holds the others up.
      restarts = restarts.then(restart).catch(() => {});
    };

    const apply = async (servers: RTCIceServer[]): Promise<void> => {
      // With new servers, Chromium would fire `negotiationneeded` though there is nothing to negotiate.
      if (isGone() || !(hasBegun || pc.localDescription)) return;
      // A bare { iceServers } would reset a relay-only policy: setConfiguration replaces the whole dictionary.
      const configuration = pc.getConfiguration();
      gatheredWith();
      if (listOf(configuration.iceServers) !== listOf(servers)) pc.setConfiguration({ ...configuration, iceServers: servers });
      return move();
    };

    /** The TURN server said 401, or, where the browser cannot tell, gave no relay candidate: a hint, never a proof. */
    const heal = async (isGuess: boolean): Promise<void> => {
      const old = gatheredWith();
      if (!old || (isGuess && pc.connectionState === 'connected')) return;
      refused.set(old, isGuess && refused.get(old) !== false);
      // A late word on secrets that were replaced meanwhile.
      if (old !== given()) return move();
      const now = Date.now();
      // Whichever way the clock was set.
      if (Math.abs(now - rejectedAt) < rejectedPauseMs) return;
      // Where each answer brings new secrets, and the server takes none of them, asking again helps nobody.
      if (old === healed && Math.abs(now - healedAt) < rejectedPauseMs) return reject(old, isGuess);
      let servers = current();
      if (!servers || pairOf(servers) === old) servers = await renew();
      if (!servers) return;
      const next = pairOf(servers);
      if (next === old) return reject(old, isGuess);
      healed = next;
      healedAt = Date.now();
      return apply(servers);
    };

    const tryToHeal = (isGuess: boolean): void => {
      if (isAsking) return;
      isAsking = true;
      void heal(isGuess)
        .catch(report)
        .finally(() => {
          isAsking = false;
        });
    };

    const link: Link = {
      signal: controller.signal,
      sweep: (servers) => {
        if (isGone()) return link.stop();
        if (servers) apply(servers).catch(report);
        // A call may have come to run through its relay since, or the endpoint may answer again. Where it did, and with nothing new, that is all.
        const old = gatheredWith();
        const isGuess = refused.get(old);
        if (isGuess === undefined || old === rejected) move().catch(report);
        else tryToHeal(isGuess);
      },
      stop: () => {
        if (kept.get(pc) === link) kept.delete(pc);
        controller.abort();
      },
    };
    const onNegotiation = (): void => {
      hasBegun = true;
      onSignal?.();
      const servers = pc.localDescription ? undefined : current();
      if (servers) apply(servers).catch(report);
    };
    pc.addEventListener('negotiationneeded', onNegotiation, link);
    pc.addEventListener('signalingstatechange', onNegotiation, link);
    pc.addEventListener(
      'icecandidateerror',
      ({ errorCode, url }) => {
        if (errorCode !== 401) return;
        const owned = countOf(url, own);
        const isOwn = owned && owned >= countOf(url, pc.getConfiguration().iceServers);
        if (!isOwn) tryToHeal(false);
      },
      link,
    );
    pc.addEventListener(
      'icegatheringstatechange',
      // Firefox before 150 has no event for an error.
      () => pc.iceGatheringState === 'complete' && !/ typ relay /.test(sdp()) && !('onicecandidateerror' in pc) && tryToHeal(true),
      link,
    );
    kept.set(pc, link);
    // It may have been made with what was current a while ago.
    const servers = current();
    if (servers && pairOf(servers) !== gatheredWith()) apply(servers).catch(report);
    return link;
  };

  return {
    keep: (pc, signal) => {
      const link = kept.get(pc) ?? attend(pc);
      const end = (): void => {
        link.stop();
        onStop();
      };
      signal?.addEventListener('abort', end, link);
      return end;
    },
    sweep: (held) => {
      kept.forEach((link) => link.sweep(held === supplied ? undefined : current()));
      supplied = held;
      if (!kept.size) refused.clear();
      return kept.size > 0;
    },
  };
};

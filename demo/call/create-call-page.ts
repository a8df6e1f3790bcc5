import { createIceServersLoader, keepFresh, type IceServersLoader } from 'ice-servers-loader';
import type { Rotating } from '../page-config.js';
import { errorWords } from '../wording.js';
import { createChart } from './chart.js';
import { conditionOf, type CallActions, type CallState, type Happening, type HappeningKind } from './call-state.js';
import { Messages } from './messages.js';
import { startRelayedCall, type RelayedCall } from './relayed-call.js';

const messageEveryMs = 40;
/** An hour with a password every 20 seconds has three times as many. */
const mostHappenings = 200;

/** The page's one call: starts it, counts it, and tells what happens. */
export const createCallPage = (
  rotating: Rotating,
  apiKey: string,
  show: (state: CallState) => void,
): { readonly actions: CallActions; readonly refresh: () => void } => {
  const chart = createChart();
  let isKept = true;
  let phase: CallState['phase'] = 'idle';
  let trouble: string | undefined;
  let loader: IceServersLoader | undefined;
  let call: RelayedCall | undefined;
  let messages = new Messages();
  let happenings: Happening[] = [];
  let moves = 0;
  let passwords = 0;
  let deadAt = Infinity;
  let wasSilent = false;
  let beganMs = 0;
  let endedMs: number | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
  let stopKeeping: (() => void)[] = [];

  const nowMs = (): number => (endedMs ?? performance.now()) - beganMs;

  const note = (kind: HappeningKind, words: string): void => {
    happenings = [{ atMs: nowMs(), kind, words }, ...happenings].slice(0, mostHappenings);
  };

  const isSilent = (): boolean => ['silent', 'dead'].includes(conditionOf({ phase, tally: messages.tally(nowMs()) }));

  const letGo = (): void => stopKeeping.splice(0).forEach((stop) => stop());

  const keep = (): void => {
    letGo();
    if (!isKept || !call || !loader) return;
    stopKeeping = call.ends.map((end) => keepFresh(end, loader!));
    deadAt = loader.status?.expiresAt ?? Infinity;
  };

  const tick = (): void => {
    if (call?.isOpen()) call.send(String(messages.send(nowMs())));
  };

  const end = (): void => {
    endedMs = performance.now();
    clearInterval(timer);
    letGo();
    call?.stop();
    loader?.dispose();
    call = loader = undefined;
  };

  const begin = async (): Promise<void> => {
    messages = new Messages();
    happenings = [];
    moves = passwords = 0;
    wasSilent = false;
    trouble = endedMs = undefined;
    beganMs = performance.now();
    phase = 'connecting';
    refresh();
    const own = createIceServersLoader({
      endpoint: rotating.endpoint,
      apiKey,
      storage: 'memory',
      autoRefresh: true,
      rtcConfiguration: { iceTransportPolicy: 'relay' },
    });
    loader = own;
    own.addEventListener('refresh', ({ detail }) => {
      passwords++;
      if (passwords === 1) return;
      if (isKept) deadAt = detail.expiresAt;
      note('password', isKept ? 'A new password came, and the call got it.' : 'A new password came. Nobody gave it to the call.');
    });
    own.addEventListener('error', ({ detail }) => note('trouble', detail.message));
    try {
      await own.load();
      // Stopped meanwhile.
      if (loader !== own) return;
      deadAt = own.status!.expiresAt;
      call = startRelayedCall(() => own.peek()!, {
        onAnswer: (text) => messages.answer(Number(text), nowMs()),
        onRestart: () => {
          moves++;
          note('move', `One end moves to a new relay, ${isSilent() ? 'so that the call comes back' : 'while the call goes on'}.`);
        },
      });
      keep();
      timer = setInterval(tick, messageEveryMs);
      phase = 'running';
      note('start', 'The call began, through the TURN server alone.');
    } catch (error) {
      if (loader !== own) return;
      end();
      phase = 'idle';
      trouble = errorWords(error);
    }
    refresh();
  };

  const refresh = (): void => {
    const tally = messages.tally(nowMs());
    const silent = isSilent();
    if (silent && !wasSilent) note('silence', 'No answers any more: the TURN server hung up on a dead password.');
    if (!silent && wasSilent && phase === 'running') note('back', 'The call is back.');
    wasSilent = silent;
    chart.draw(messages.recent, happenings, nowMs());
    const state = { phase, isKept, trouble, tally, passwords, moves, happenings, lifeSeconds: rotating.lifeSeconds, chart: chart.element };
    show({ ...state, cutsAtExpiry: rotating.dropsAtExpiry, leftMs: deadAt - Date.now(), condition: conditionOf(state) });
  };

  return {
    refresh,
    actions: {
      start: () => void begin(),
      stop: () => {
        note('end', 'The call was ended.');
        end();
        phase = 'ended';
        refresh();
      },
      setKept: (kept) => {
        isKept = kept;
        if (call) note('switch', kept ? 'keepFresh is on.' : 'keepFresh is off.');
        keep();
        refresh();
      },
    },
  };
};

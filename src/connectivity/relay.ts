import { atLimit, type Limits, type Probe } from './probe.js';
import { qualityOf } from './quality.js';
import type { RelayQuality, ServerStatus } from './types.js';

const echoCount = 20;
/** Apart, as in a call, so that they do not queue behind each other. */
const paceMs = 10;
/** How long the last ones may take before they count as lost: a share of the time limit. */
const patience = 0.25;

/**
 * Sends data through the server and back, between the connection that has a relay candidate already and a second one like it:
 * both can only relay, so each echo goes through the server twice. Gives the quality, or the status that says why there is none, or
 * `undefined` where nothing comes back.
 *
 * @param channel the near end's; unordered and without retransmission, so that one lost packet delays no other
 * @param open opens the far end
 */
export const measureRelay = (
  near: RTCPeerConnection,
  channel: RTCDataChannel,
  limits: Limits,
  open: (begin: (far: RTCPeerConnection) => Promise<unknown>) => Probe,
): Promise<RelayQuality | ServerStatus | undefined> =>
  new Promise((resolve) => {
    const sentAt: number[] = [];
    const echoes: number[] = [];
    let pacer: ReturnType<typeof setTimeout> | undefined;
    const far = open(async (connection) => {
      await connection.setRemoteDescription(near.localDescription!);
      await connection.setLocalDescription();
      await near.setRemoteDescription(connection.localDescription!);
    });

    const settle = (outcome?: RelayQuality | ServerStatus): void => {
      callOff();
      clearTimeout(pacer);
      // It may be about to open.
      channel.onopen = null;
      resolve(outcome);
    };
    const finish = (): void => settle(echoes.length ? qualityOf(echoes, sentAt.length) : undefined);
    // Echoes that are on their way then have their own patience.
    const callOff = atLimit(limits, (status) => (status === 'aborted' ? settle(status) : sentAt.length || finish()));

    const send = (): void => {
      const isLast = sentAt.push(performance.now()) === echoCount;
      channel.send(`${sentAt.length - 1}`);
      pacer = setTimeout(isLast ? finish : send, isLast ? limits.timeout * patience : paceMs);
    };
    channel.onopen = send;
    channel.onmessage = ({ data }) => {
      echoes.push(performance.now() - sentAt[data as number]!);
      if (echoes.length === echoCount) finish();
    };
    far.connection.ondatachannel = ({ channel: echo }) => {
      echo.onmessage = ({ data }) => echo.send(data as string);
    };
    for (const [one, other] of [
      [near, far.connection],
      [far.connection, near],
    ] as const) {
      // Candidates that came before are in the description. One that comes too late, or that the browser does not want, is no loss: the outcome shows.
      one.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate) other.addIceCandidate(candidate).catch(() => {});
      });
      // A server that forbids the peer (403) sends no event: the connection fails, in Firefox after 5 s.
      one.onconnectionstatechange = () => {
        if (one.connectionState === 'failed') settle();
      };
    }
    void far.status.then((status) => {
      if (status !== 'ok') settle(status);
    });
  });

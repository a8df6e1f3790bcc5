import { isIceServersError, keepFresh } from 'ice-servers-loader';
import { getLoader } from './ice-servers';

/** Your own signaling, such as a WebSocket to your server. It delivers messages to the other end in order. */
export interface Signaling {
  send(message: string): void;
  onmessage: ((event: MessageEvent<string>) => unknown) | null;
  close(): void;
}

export interface CallOptions {
  /** Opens the signaling. It is called once the ICE servers are loaded. */
  readonly join: () => Signaling | Promise<Signaling>;
  /** `true` at exactly one of the two ends. */
  readonly isCaller: boolean;
  /** Ends the call. */
  readonly signal: AbortSignal;
  /** `true` if the user tries again after a failure. */
  readonly isRetry?: boolean;
}

export interface StartedCall {
  readonly connection: RTCPeerConnection;
  /** It is not open yet. */
  readonly channel: RTCDataChannel;
}

/** Starts one end of a call. On the callee's side, the promise resolves when the caller's channel arrives. */
export async function startCall({ join, isCaller, signal, isRetry }: CallOptions): Promise<StartedCall> {
  const loader = getLoader();
  // A `reload` ends the pause that follows a failure.
  const configuration = await loader.load({ signal, cache: isRetry ? 'reload' : 'default' });
  signal.throwIfAborted();
  const signaling = await join();
  if (signal.aborted) signaling.close();
  signal.throwIfAborted();

  const connection = new RTCPeerConnection(configuration);
  keepFresh(connection, loader, { signal });
  connection.addEventListener('connectionstatechange', () => {
    if (connection.connectionState === 'failed') connection.restartIce();
  });
  signal.addEventListener('abort', () => {
    connection.close();
    signaling.close();
  });
  negotiate(connection, signaling, !isCaller);
  if (isCaller) return { connection, channel: connection.createDataChannel('chat') };
  return new Promise((resolve) => {
    connection.ondatachannel = ({ channel }) => resolve({ connection, channel });
  });
}

/** Returns what to tell the user. The message of the error is for you: it goes to the console. */
export function describeFailure(error: unknown): { text: string; canRetry: boolean } {
  console.warn(error);
  const canRetry = !isIceServersError(error) || error.retryable;
  return { text: canRetry ? 'The call could not start.' : 'Calls are not available at the moment.', canRetry };
}

/** Perfect negotiation: https://www.w3.org/TR/webrtc/#perfect-negotiation-example */
function negotiate(connection: RTCPeerConnection, signaling: Signaling, isPolite: boolean): void {
  let isOffering = false;
  let isIgnoring = false;
  const describe = async (): Promise<void> => {
    await connection.setLocalDescription();
    signaling.send(JSON.stringify({ description: connection.localDescription }));
  };
  connection.onnegotiationneeded = async () => {
    isOffering = true;
    await describe();
    isOffering = false;
  };
  connection.onicecandidate = ({ candidate }) => signaling.send(JSON.stringify({ candidate }));
  signaling.onmessage = async ({ data }) => {
    const { description, candidate } = JSON.parse(data);
    if (description) {
      const collides = description.type === 'offer' && (isOffering || connection.signalingState !== 'stable');
      isIgnoring = collides && !isPolite;
      if (isIgnoring) return;
      await connection.setRemoteDescription(description);
      if (description.type === 'offer') await describe();
    } else if (!isIgnoring) await connection.addIceCandidate(candidate ?? undefined);
  };
}

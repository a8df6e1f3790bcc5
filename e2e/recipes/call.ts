import { createIceServersLoader, keepFresh } from 'ice-servers-loader';

/** Your own signalling, such as a WebSocket to your server. It delivers messages to the other end in order. */
export interface Signaling {
  send(message: string): void;
  onmessage: ((event: MessageEvent<string>) => unknown) | null;
  close(): void;
}

export interface CallOptions {
  /** Opens the signalling. It is called once the ICE servers are loaded. */
  readonly join: () => Signaling | Promise<Signaling>;
  /** `true` at exactly one of the two ends. */
  readonly isCaller: boolean;
  /** Ends the call. */
  readonly signal: AbortSignal;
}

const loader = createIceServersLoader({ appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123' });

/** Starts one end of a call, and returns its data channel, which is not open yet. */
export async function startCall({ join, isCaller, signal }: CallOptions): Promise<RTCDataChannel> {
  const configuration = await loader.load({ signal });
  const signaling = await join();
  if (signal.aborted) signaling.close();
  signal.throwIfAborted();

  const connection = new RTCPeerConnection(configuration);
  keepFresh(connection, loader, { signal });
  signal.addEventListener('abort', () => {
    connection.close();
    signaling.close();
  });
  negotiate(connection, signaling, !isCaller);
  if (isCaller) return connection.createDataChannel('chat');
  return new Promise((resolve) => {
    connection.ondatachannel = ({ channel }) => resolve(channel);
  });
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

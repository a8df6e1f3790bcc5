import { negotiate } from './negotiate.js';

/** A call between two ends in this page, connected only through the TURN server. The far end sends everything back. */
export interface EchoCall {
  readonly ends: readonly [near: RTCPeerConnection, far: RTCPeerConnection];
  readonly isOpen: () => boolean;
  readonly send: (text: string) => void;
  readonly close: () => void;
}

export function startEchoCall(configure: () => RTCConfiguration, onAnswer: (text: string) => void): EchoCall {
  const near = new RTCPeerConnection(configure());
  const far = new RTCPeerConnection(configure());
  negotiate(near, far);
  // Lost packets are sent again, because Firefox may lose one to three when a call moves to a new relay.
  const channel = near.createDataChannel('echo', { ordered: false });
  channel.addEventListener('message', ({ data }) => onAnswer(String(data)));
  far.addEventListener('datachannel', ({ channel: echo }) => {
    echo.addEventListener('message', ({ data }) => {
      if (echo.readyState === 'open') echo.send(String(data));
    });
  });
  return {
    ends: [near, far],
    isOpen: () => channel.readyState === 'open',
    send: (text) => channel.send(text),
    close: () => {
      near.close();
      far.close();
    },
  };
}

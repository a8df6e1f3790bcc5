/** Two ends in one page, joined through the TURN server alone, and an echo between them. */
export interface RelayedCall {
  readonly ends: readonly [RTCPeerConnection, RTCPeerConnection];
  readonly isOpen: () => boolean;
  readonly send: (text: string) => void;
  readonly stop: () => void;
}

type Told = { readonly description: RTCSessionDescription } | { readonly candidate: RTCIceCandidate };

export interface CallEvents {
  readonly onAnswer: (text: string) => void;
  readonly onRestart: () => void;
}

export const startRelayedCall = (configuration: () => RTCConfiguration, { onAnswer, onRestart }: CallEvents): RelayedCall => {
  const near = new RTCPeerConnection(configuration());
  const far = new RTCPeerConnection(configuration());
  const hearNear = negotiate(near, true, (told) => hearFar(told));
  const hearFar = negotiate(far, false, (told) => hearNear(told));
  for (const end of [near, far]) {
    const restart = end.restartIce.bind(end);
    end.restartIce = () => {
      onRestart();
      restart();
    };
  }
  // Lost packets are sent again: Firefox may lose one or two as a call moves to a new relay.
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
    stop: () => {
      near.close();
      far.close();
    },
  };
};

/** Perfect negotiation: https://www.w3.org/TR/webrtc/#perfect-negotiation-example. Gives what hears the other end. */
const negotiate = (me: RTCPeerConnection, isPolite: boolean, tell: (told: Told) => void): ((told: Told) => void) => {
  let isMaking = false;
  const hear = async (told: Told): Promise<void> => {
    if ('candidate' in told) return me.addIceCandidate(told.candidate);
    const isOffer = told.description.type === 'offer';
    if (isOffer && !isPolite && (isMaking || me.signalingState !== 'stable')) return;
    await me.setRemoteDescription(told.description);
    if (!isOffer) return;
    await me.setLocalDescription();
    tell({ description: me.localDescription! });
  };
  me.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate) tell({ candidate });
  });
  me.addEventListener('negotiationneeded', () => {
    isMaking = true;
    me.setLocalDescription()
      .then(() => tell({ description: me.localDescription! }))
      // Closed meanwhile.
      .catch(() => {})
      .finally(() => {
        isMaking = false;
      });
  });
  // A candidate of an offer that was ignored, or an end that is closed.
  return (told) => void hear(told).catch(() => {});
};

/** Returns the ICE user fragment of the local description. It changes when candidates are gathered again. */
export function localUfrag(pc: RTCPeerConnection): string | undefined {
  return /ice-ufrag:(\S+)/.exec(localSdp(pc))?.[1];
}

/** Returns whether the local description has a relay candidate. */
export function hasRelayCandidate(pc: RTCPeerConnection): boolean {
  return / typ relay /.test(localSdp(pc));
}

function localSdp(pc: RTCPeerConnection): string {
  return pc.localDescription?.sdp ?? '';
}

/** Returns the ICE user fragment of the local description: another one means that candidates are gathered anew. */
export function localUfrag(pc: RTCPeerConnection): string | undefined {
  return /ice-ufrag:(\S+)/.exec(localSdp(pc))?.[1];
}

/** Tells whether the local description has a relay candidate. */
export function hasRelayCandidate(pc: RTCPeerConnection): boolean {
  return / typ relay /.test(localSdp(pc));
}

function localSdp(pc: RTCPeerConnection): string {
  return pc.localDescription?.sdp ?? '';
}

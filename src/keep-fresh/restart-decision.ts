/** Whether a TURN server refused a credential: a 401 proves it, and a missing relay candidate suggests it. */
export type Refusal = 'none' | 'suspected' | 'proven';

/** What decides whether ICE restarts. Credentials are represented by their keys. */
export interface RestartSituation {
  /** The credential that the candidates in use were gathered with. */
  readonly gatheredWith: string;
  /** The credential in the connection's configuration. */
  readonly configured: string;
  /** The credential of the last restart. */
  readonly restartedFor: string | undefined;
  /** Whether the selected pair is relayed by this end's TURN server; `undefined` if it is unknown. */
  readonly isRelayed: boolean | undefined;
  /** Whether the TURN server refused the credential that the candidates were gathered with. */
  readonly refusal: Refusal;
  readonly connectionState: RTCPeerConnectionState;
}

/**
 * Returns whether ICE must restart so that the connection uses the configured credential. A restart moves a working call, so it happens
 * only if the credential is new and the old one matters: the call is relayed with it, or the server refused it.
 */
export function shouldRestartIce(situation: RestartSituation): boolean {
  if (!hasUnusedCredential(situation)) return false;
  const { isRelayed, refusal, connectionState } = situation;
  // A suspected refusal is ignored while the connection works.
  return !!isRelayed || refusal === 'proven' || (refusal === 'suspected' && connectionState !== 'connected');
}

/** Returns whether the configuration has a credential that neither the candidates nor a restart have used yet. */
export function hasUnusedCredential({
  gatheredWith,
  configured,
  restartedFor,
}: Pick<RestartSituation, 'gatheredWith' | 'configured' | 'restartedFor'>): boolean {
  // A list without credentials has no TURN server that the call could move to.
  return configured !== '' && gatheredWith !== configured && restartedFor !== configured;
}

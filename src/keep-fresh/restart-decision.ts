/** How sure it is that a TURN server refused a credential: a 401 proves it, a missing relay candidate is only a hint. */
export type Refusal = 'none' | 'suspected' | 'proven';

/** What decides whether ICE restarts. Credentials are compared by their keys. */
export interface RestartSituation {
  /** The credential that the candidates in use were gathered with. */
  readonly gatheredWith: string;
  /** The credential in the connection's configuration. */
  readonly configured: string;
  /** The credential of the last restart. */
  readonly restartedFor: string | undefined;
  /** Whether the selected pair is relayed by this end's TURN server; `undefined` if nobody knows. */
  readonly isRelayed: boolean | undefined;
  /** Whether the TURN server refused the gathered credential. */
  readonly refusal: Refusal;
  readonly connectionState: RTCPeerConnectionState;
}

/**
 * Tells whether ICE must restart so that the connection uses the configured credential. A restart moves a call that works, so it happens
 * only if the credential is new and the old one matters: the call is relayed by it, or the server refused it.
 */
export function shouldRestartIce(situation: RestartSituation): boolean {
  if (!hasUnusedCredential(situation)) return false;
  const { isRelayed, refusal, connectionState } = situation;
  // A suspicion counts for nothing while the connection works.
  return !!isRelayed || refusal === 'proven' || (refusal === 'suspected' && connectionState !== 'connected');
}

/** Tells whether the configuration has a credential that neither the candidates nor a restart have used yet. */
export function hasUnusedCredential({
  gatheredWith,
  configured,
  restartedFor,
}: Pick<RestartSituation, 'gatheredWith' | 'configured' | 'restartedFor'>): boolean {
  // A list without a TURN server has none to move to.
  return configured !== '' && gatheredWith !== configured && restartedFor !== configured;
}

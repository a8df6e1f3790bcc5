import { IceServersError } from '../errors/ice-servers-error.js';
import type { ConnectionContext } from './connection-context.js';
import { withDeadline } from '../utils/with-deadline.js';
import { credentialKey, isOwnAddress, serverListKey } from './configured-credentials.js';
import { CredentialInUse } from './credential-in-use.js';
import { hasRelayCandidate, localUfrag } from './ice-description.js';
import { hasUnusedCredential, shouldRestartIce, type Refusal } from './restart-decision.js';
import { isSelectedPairRelayed } from './selected-pair.js';

/** How long one restart may take before the next begins. */
const restartTimeoutMs = 5000;
/** RFC 8489, section 14.8 */
const unauthorized = 401;

/** A connection that is kept supplied, from the call of `keepFresh` until it is stopped or closed. */
export class ManagedConnection {
  readonly #pc: RTCPeerConnection;
  readonly #context: ConnectionContext;
  readonly #credential: CredentialInUse;
  readonly #abortController = new AbortController();
  #restartedFor: string | undefined;
  #wasRelayed: boolean | undefined;
  #isRecovering = false;
  #hasNegotiated = false;
  #onSignalingChange: (() => void) | undefined;

  constructor(pc: RTCPeerConnection, context: ConnectionContext) {
    this.#pc = pc;
    this.#context = context;
    this.#credential = new CredentialInUse(pc);
    this.#listen();
    // The connection may have been created long before, with another credential.
    const servers = context.source.currentServers();
    if (servers && credentialKey(servers) !== this.#credential.detectGathered()) this.#applyAndReport(servers);
  }

  /** Aborted when the connection is released, which removes every listener. */
  get signal(): AbortSignal {
    return this.#abortController.signal;
  }

  /** Whether the connection was stopped or closed. `close()` fires no event on the connection that it closes. */
  get isGone(): boolean {
    return this.#context.source.disposeSignal.aborted || this.signal.aborted || this.#pc.signalingState === 'closed';
  }

  stop(): void {
    this.#abortController.abort();
  }

  /** Applies new servers, if there are any, and checks again whether ICE must restart: the call may have moved to the relay. */
  poll(newServers: RTCIceServer[] | undefined): void {
    if (newServers) this.#applyAndReport(newServers);
    const { refusals } = this.#context;
    const credential = this.#credential.detectGathered();
    const refusal = refusals.of(credential);
    if (refusal === 'none' || refusals.isRejected(credential)) void this.#reportFailureOf(this.#restartIceIfNeeded());
    else this.#recover(refusal);
  }

  #listen(): void {
    const { signal } = this;
    const onNegotiation = (): void => this.#onNegotiation();
    this.#pc.addEventListener('negotiationneeded', onNegotiation, { signal });
    this.#pc.addEventListener('signalingstatechange', onNegotiation, { signal });
    this.#pc.addEventListener('icecandidateerror', (event) => this.#onCandidateError(event), { signal });
    this.#pc.addEventListener('icegatheringstatechange', () => this.#onGatheringChange(), { signal });
  }

  #onNegotiation(): void {
    this.#hasNegotiated = true;
    this.#onSignalingChange?.();
    const servers = this.#pc.localDescription ? undefined : this.#context.source.currentServers();
    if (servers) this.#applyAndReport(servers);
  }

  #onCandidateError({ errorCode, url }: RTCPeerConnectionIceErrorEvent): void {
    if (errorCode !== unauthorized) return;
    const { iceServers } = this.#pc.getConfiguration();
    if (!isOwnAddress(url, this.#context.source.ownServers, iceServers)) this.#recover('proven');
  }

  /** Firefox has `icecandidateerror` only since 150. Before, a missing relay candidate is the only sign of a refused credential. */
  #onGatheringChange(): void {
    const isComplete = this.#pc.iceGatheringState === 'complete';
    if (isComplete && !hasRelayCandidate(this.#pc) && !('onicecandidateerror' in this.#pc)) this.#recover('suspected');
  }

  #applyAndReport(servers: RTCIceServer[]): void {
    void this.#reportFailureOf(this.#apply(servers));
  }

  #reportFailureOf(work: Promise<void>): Promise<void> {
    return work.catch((error: unknown) => this.#context.source.reportError(error));
  }

  async #apply(servers: RTCIceServer[]): Promise<void> {
    // If it gets new servers before its first negotiation, Chromium fires `negotiationneeded` although there is nothing to negotiate.
    if (this.isGone || !(this.#hasNegotiated || this.#pc.localDescription)) return;
    // This comes before the configuration changes, because the candidates were gathered with the old one.
    this.#credential.detectGathered();
    const configuration = this.#pc.getConfiguration();
    // setConfiguration replaces the whole configuration, so a bare { iceServers } would reset a relay-only policy.
    if (serverListKey(configuration.iceServers) !== serverListKey(servers)) {
      this.#pc.setConfiguration({ ...configuration, iceServers: servers });
    }
    await this.#restartIceIfNeeded();
  }

  async #restartIceIfNeeded(): Promise<void> {
    const gatheredWith = this.#credential.detectGathered();
    const configured = this.#credential.configured;
    if (!hasUnusedCredential({ gatheredWith, configured, restartedFor: this.#restartedFor })) return;
    // After a restart, the statistics of Firefox do not show the selected pair. The last known state is used then.
    this.#wasRelayed = (await isSelectedPairRelayed(this.#pc)) ?? this.#wasRelayed;
    const isNeeded = shouldRestartIce({
      gatheredWith,
      configured,
      // This is read again, because another call may have restarted ICE while this one waited for the statistics.
      restartedFor: this.#restartedFor,
      isRelayed: this.#wasRelayed,
      refusal: this.#context.refusals.of(gatheredWith),
      connectionState: this.#pc.connectionState,
    });
    if (!isNeeded) return;
    this.#restartedFor = configured;
    this.#context.restarts.add(() => this.#restartIce());
  }

  async #restartIce(): Promise<void> {
    // The other end may have restarted while this restart was queued. Candidates were then gathered again on this end as well.
    if (this.isGone || this.#credential.detectGathered() === this.#credential.configured) return;
    const oldUfrag = localUfrag(this.#pc);
    const negotiated = new Promise<void>((resolve) => {
      this.#onSignalingChange = () => {
        if (this.isGone || (this.#pc.signalingState === 'stable' && localUfrag(this.#pc) !== oldUfrag)) resolve();
      };
    });
    this.#pc.restartIce();
    await withDeadline(negotiated, { signal: this.signal, timeoutMs: restartTimeoutMs });
  }

  #recover(refusal: Refusal): void {
    if (this.#isRecovering) return;
    this.#isRecovering = true;
    void this.#reportFailureOf(this.#refreshAfterAuthError(refusal)).then(() => {
      this.#isRecovering = false;
    });
  }

  /** Requests a new credential once for a refused one, and applies it. Reports `credential-rejected` if there is no other one. */
  async #refreshAfterAuthError(refusal: Refusal): Promise<void> {
    const { source, refusals } = this.#context;
    const refused = this.#credential.detectGathered();
    if (!refused || (refusal === 'suspected' && this.#pc.connectionState === 'connected')) return;
    refusals.add(refused, refusal);
    // The refusal came late: the credential has already been replaced.
    if (refused !== this.#credential.configured) return this.#restartIceIfNeeded();
    if (refusals.isPaused) return;
    if (refusals.isRecentReplacement(refused)) return this.#reject(refused, refusal);
    let servers = source.currentServers();
    if (!servers || credentialKey(servers) === refused) servers = await source.requestServers();
    if (!servers) return;
    const replacement = credentialKey(servers);
    if (replacement === refused) return this.#reject(refused, refusal);
    refusals.addReplacement(replacement);
    await this.#apply(servers);
  }

  #reject(credential: string, refusal: Refusal): void {
    const { source, refusals } = this.#context;
    const isNews = refusals.addRejected(credential);
    if (isNews && refusal === 'proven') source.reportError(new IceServersError('credential-rejected'));
  }
}

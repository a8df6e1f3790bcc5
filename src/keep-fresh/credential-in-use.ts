import { credentialKey } from './configured-credentials.js';
import { localUfrag } from './ice-description.js';

/** Tells which credential a connection's candidates were gathered with: its configuration may be newer. Credentials stand here by their keys. */
export class CredentialInUse {
  readonly #pc: RTCPeerConnection;
  #ufrag: string | undefined;
  #gathered = '';

  constructor(pc: RTCPeerConnection) {
    this.#pc = pc;
  }

  /** Notes the credential if candidates were gathered anew, which a new user fragment shows; returns that of the candidates. */
  noteGathered(): string {
    const ufrag = localUfrag(this.#pc);
    if (ufrag === undefined || ufrag !== this.#ufrag) {
      this.#ufrag = ufrag;
      this.#gathered = this.configured;
    }
    return this.#gathered;
  }

  get configured(): string {
    return credentialKey(this.#pc.getConfiguration().iceServers);
  }
}

import { credentialKey } from './configured-credentials.js';
import { localUfrag } from './ice-description.js';

/** Tracks which credential the candidates of a connection were gathered with. The one in its configuration may be newer. Both are keys. */
export class CredentialInUse {
  readonly #pc: RTCPeerConnection;
  #ufrag: string | undefined;
  #gathered = '';

  constructor(pc: RTCPeerConnection) {
    this.#pc = pc;
  }

  /** Records the credential if candidates were gathered again, as a new user fragment shows. Returns the credential of the candidates. */
  detectGathered(): string {
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

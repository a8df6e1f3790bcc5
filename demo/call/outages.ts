/** A time in which one call got no answers. */
export interface Outage {
  /** When the answers stopped. */
  readonly fromMs: number;
  /** Missing as long as it lasts. */
  toMs?: number;
  /** The credential is to blame only if its life was over when the answers stopped. */
  readonly cause: 'credential' | 'unknown';
}

/** What is heard of a call at one instant. */
export interface Heard {
  readonly nowMs: number;
  /** How long nothing was heard, although the page was listening. */
  readonly silentMs: number;
  /** When the life of the credential ends that the call uses. */
  readonly credentialEndsMs: number;
}

const silentAfterMs = 1500;
/** Page and server do not agree on the end to the millisecond. */
const toleranceMs = 500;

/** Notes when one call falls silent and when it is back. A connection itself tells that only half a minute later. */
export class Outages {
  readonly all: Outage[] = [];

  get current(): Outage | undefined {
    const last = this.all.at(-1);
    return last?.toMs === undefined ? last : undefined;
  }

  update({ nowMs, silentMs, credentialEndsMs }: Heard): void {
    const { current } = this;
    const isSilent = silentMs > silentAfterMs;
    // Answers may have stopped while the page was paused, so only the time after the pause counts.
    const heardMs = nowMs - silentMs;
    if (!current && isSilent) {
      const cause = heardMs >= credentialEndsMs - toleranceMs ? 'credential' : 'unknown';
      this.all.push({ fromMs: heardMs, cause });
    }
    if (current && !isSilent) current.toMs = heardMs;
  }
}

/** A period in which one call got no responses. */
export interface Outage {
  /** When responses stopped. */
  readonly fromMs: number;
  /** Missing while the outage lasts. */
  toMs?: number;
  /** The credential is the cause only if it had expired when responses stopped. */
  readonly cause: 'credential' | 'unknown';
}

/** What is known about a call at one moment. */
export interface Heard {
  readonly nowMs: number;
  /** How long there was no response, although the page was running. */
  readonly silentMs: number;
  /** When the call's current credential expires. */
  readonly credentialEndsMs: number;
}

const silentAfterMs = 1500;
/** The page and the server do not agree to the millisecond on when a credential expires. */
const toleranceMs = 500;

/** Records when one call falls silent and when it recovers. The connection itself reports that only half a minute later. */
export class Outages {
  readonly all: Outage[] = [];

  get current(): Outage | undefined {
    const last = this.all.at(-1);
    return last?.toMs === undefined ? last : undefined;
  }

  update({ nowMs, silentMs, credentialEndsMs }: Heard): void {
    const { current } = this;
    const isSilent = silentMs > silentAfterMs;
    // Responses may have stopped while the page was paused, so only the time after the pause counts.
    const heardMs = nowMs - silentMs;
    if (!current && isSilent) {
      const cause = heardMs >= credentialEndsMs - toleranceMs ? 'credential' : 'unknown';
      this.all.push({ fromMs: heardMs, cause });
    }
    if (current && !isSilent) current.toMs = heardMs;
  }
}

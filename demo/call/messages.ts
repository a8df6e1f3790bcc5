/** How long a message may take before it counts as lost. */
export const lostAfterMs = 2000;

export interface Message {
  /** In milliseconds since the start, like all times here. */
  readonly sentMs: number;
  /** How long the page was paused while the message was in transit. Neither call caused that delay. */
  pausedMs: number;
  /** Missing until the response arrives. A late response is recorded with its real duration. */
  roundTripMs?: number;
}

export interface Tally {
  readonly sent: number;
  /** Messages that were answered in time. */
  readonly answered: number;
  readonly lost: number;
  /** The median of the responses in the last second. */
  readonly roundTripMs: number | undefined;
}

/** The messages of one call. A message that is answered too late stays lost, because the response is no longer useful. */
export class Messages {
  readonly all: Message[] = [];
  #heardMs = 0;
  #pausedSinceHeardMs = 0;

  /** Returns the number of the message. */
  send(nowMs: number): number {
    if (this.all.length === 0) this.#hear(nowMs);
    return this.all.push({ sentMs: nowMs, pausedMs: 0 }) - 1;
  }

  /** Records a response. A number that was never sent is ignored. */
  answer(number: number, nowMs: number): void {
    const message = this.all[number];
    if (!message) return;
    this.#hear(nowMs);
    message.roundTripMs = nowMs - message.sentMs - message.pausedMs;
  }

  /** Extends the time limit of messages in transit, because the page was paused for that long. */
  excuse(pausedMs: number): void {
    this.#pausedSinceHeardMs += pausedMs;
    for (const message of this.all) {
      if (message.roundTripMs === undefined) message.pausedMs += pausedMs;
    }
  }

  /** How long there was no response, although the page was running. */
  silentMs(nowMs: number): number {
    return this.all.length === 0 ? 0 : nowMs - this.#heardMs - this.#pausedSinceHeardMs;
  }

  tally(nowMs: number): Tally {
    const roundTrips = this.all.flatMap(({ sentMs, roundTripMs }) =>
      nowMs - sentMs < 1000 && roundTripMs !== undefined ? [roundTripMs] : [],
    );
    roundTrips.sort((a, b) => a - b);
    return {
      sent: this.all.length,
      answered: this.all.filter(({ roundTripMs = Infinity }) => roundTripMs <= lostAfterMs).length,
      lost: this.all.filter((message) => isLost(message, nowMs)).length,
      roundTripMs: roundTrips[Math.floor(roundTrips.length / 2)],
    };
  }

  #hear(nowMs: number): void {
    this.#heardMs = nowMs;
    this.#pausedSinceHeardMs = 0;
  }
}

export function isLost({ sentMs, pausedMs, roundTripMs }: Message, nowMs: number): boolean {
  return (roundTripMs ?? nowMs - sentMs - pausedMs) > lostAfterMs;
}

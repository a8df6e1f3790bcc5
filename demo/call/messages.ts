/** How long a message may be under way before it counts as lost. */
export const lostAfterMs = 2000;

export interface Message {
  /** Milliseconds since the start, as all instants here. */
  readonly sentMs: number;
  /** How long the page itself was paused while the message was under way. No call is to blame for that delay. */
  pausedMs: number;
  /** Missing as long as no answer has come. A late answer is as long as it was. */
  roundTripMs?: number;
}

export interface Tally {
  readonly sent: number;
  /** In time. */
  readonly answered: number;
  readonly lost: number;
  /** The median of the last second's answers. */
  readonly roundTripMs: number | undefined;
}

/** The messages of one call. A message that was answered too late stays lost, because its answer was no longer of use. */
export class Messages {
  readonly all: Message[] = [];
  #heardMs = 0;
  #pausedSinceHeardMs = 0;

  /** Returns the number of the message. */
  send(nowMs: number): number {
    if (this.all.length === 0) this.#hear(nowMs);
    return this.all.push({ sentMs: nowMs, pausedMs: 0 }) - 1;
  }

  /** Notes an answer; a number that was never sent is ignored. */
  answer(number: number, nowMs: number): void {
    const message = this.all[number];
    if (!message) return;
    this.#hear(nowMs);
    message.roundTripMs = nowMs - message.sentMs - message.pausedMs;
  }

  /** Gives the messages that are under way more time, because the page was paused for that long. */
  excuse(pausedMs: number): void {
    this.#pausedSinceHeardMs += pausedMs;
    for (const message of this.all) {
      if (message.roundTripMs === undefined) message.pausedMs += pausedMs;
    }
  }

  /** How long nothing was heard, although the page was listening. */
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

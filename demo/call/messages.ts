/** How long a message may be on its way before it counts as lost. */
export const lostAfterMs = 2000;

/** How long one is kept: as long as the chart shows it. */
export const keptMs = 60_000;

export interface Message {
  /** Milliseconds since the call began. */
  readonly sentMs: number;
  /** Missing for as long as no answer came; that of a late one is as long as it was. */
  roundTripMs?: number;
}

export interface Tally {
  readonly sent: number;
  /** In time. */
  readonly answered: number;
  readonly lost: number;
  /** The middle one of the last second's answers. */
  readonly roundTripMs: number | undefined;
  /** How long ago the last answer came. */
  readonly silentMs: number;
}

/**
 * Counts the messages of one call, however long it is, and keeps the last minute of them. What came too late stays lost: a call that
 * comes back delivers all that was said while it was dead, and nobody waited for that.
 */
export class Messages {
  readonly #recent: Message[] = [];
  /** How many are no longer kept, and how many of those were lost. */
  #gone = { all: 0, lost: 0 };
  #answered = 0;
  #lastAnswerMs = 0;

  /** Those of the last minute, the oldest first. */
  get recent(): readonly Message[] {
    return this.#recent;
  }

  /** Gives the number of the message. */
  send(sentMs: number): number {
    while (this.#recent[0] && sentMs - this.#recent[0].sentMs > keptMs) this.#drop(this.#recent.shift()!, sentMs);
    return this.#gone.all + this.#recent.push({ sentMs }) - 1;
  }

  /** No message is answered twice: the channel neither doubles nor drops. */
  answer(number: number, nowMs: number): void {
    if (!(number >= 0 && number < this.#gone.all + this.#recent.length)) return;
    const message = this.#recent[number - this.#gone.all];
    this.#lastAnswerMs = nowMs;
    if (!message) return;
    message.roundTripMs = nowMs - message.sentMs;
    if (!isLost(message, nowMs)) this.#answered += 1;
  }

  tally(nowMs: number): Tally {
    const last = this.#recent.flatMap(({ sentMs, roundTripMs }) =>
      nowMs - sentMs < 1500 && roundTripMs !== undefined ? [roundTripMs] : [],
    );
    last.sort((a, b) => a - b);
    return {
      sent: this.#gone.all + this.#recent.length,
      answered: this.#answered,
      lost: this.#gone.lost + this.#recent.filter((message) => isLost(message, nowMs)).length,
      roundTripMs: last[last.length >> 1],
      silentMs: nowMs - this.#lastAnswerMs,
    };
  }

  #drop(message: Message, nowMs: number): void {
    this.#gone.all += 1;
    if (isLost(message, nowMs)) this.#gone.lost += 1;
  }
}

export const isLost = ({ sentMs, roundTripMs }: Message, nowMs: number): boolean => (roundTripMs ?? nowMs - sentMs) > lostAfterMs;

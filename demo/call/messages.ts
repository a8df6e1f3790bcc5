/** How long a message may be on its way before it counts as lost. */
export const lostAfterMs = 2000;

export interface Message {
  /** Milliseconds since the call began. */
  readonly sentMs: number;
  /** Missing for as long as no answer came. */
  roundTripMs?: number;
}

export interface Tally {
  readonly sent: number;
  readonly answered: number;
  readonly lost: number;
  /** The middle one of the last second's answers. */
  readonly roundTripMs: number | undefined;
  /** How long ago the last answer came. */
  readonly silentMs: number;
}

/** Counts the messages of one call. A late answer still counts as one. */
export class Messages {
  readonly all: Message[] = [];
  #lastAnswerMs = 0;

  /** Gives the number of the message. */
  send(sentMs: number): number {
    return this.all.push({ sentMs }) - 1;
  }

  answer(index: number, nowMs: number): void {
    const message = this.all[index];
    if (!message) return;
    message.roundTripMs = nowMs - message.sentMs;
    this.#lastAnswerMs = nowMs;
  }

  tally(nowMs: number): Tally {
    const answered = this.all.filter(({ roundTripMs }) => roundTripMs !== undefined);
    const recent = answered.filter(({ sentMs }) => nowMs - sentMs < 1500).map(({ roundTripMs }) => roundTripMs!);
    recent.sort((a, b) => a - b);
    return {
      sent: this.all.length,
      answered: answered.length,
      lost: this.all.filter((message) => isLost(message, nowMs)).length,
      roundTripMs: recent[recent.length >> 1],
      silentMs: nowMs - this.#lastAnswerMs,
    };
  }
}

export const isLost = ({ sentMs, roundTripMs }: Message, nowMs: number): boolean =>
  roundTripMs === undefined && nowMs - sentMs > lostAfterMs;

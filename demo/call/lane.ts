import type { Condition, LaneState } from './call-state.js';
import type { EchoCall } from './echo-call.js';
import { Messages } from './messages.js';
import { Outages } from './outages.js';

/** One of the two calls, and what is known about it. */
export class Lane {
  readonly messages = new Messages();
  readonly #outages = new Outages();
  #call: EchoCall | undefined;
  /** When the call's current credential expires. */
  credentialEndsMs = Infinity;

  connect(call: EchoCall): void {
    this.#call = call;
  }

  get ends(): readonly RTCPeerConnection[] {
    return this.#call?.ends ?? [];
  }

  get isOpen(): boolean {
    return this.#call?.isOpen() ?? false;
  }

  send(nowMs: number): void {
    this.#call?.send(String(this.messages.send(nowMs)));
  }

  close(): void {
    this.#call?.close();
  }

  observe(nowMs: number): LaneState {
    const { messages, credentialEndsMs } = this;
    this.#outages.update({ nowMs, silentMs: messages.silentMs(nowMs), credentialEndsMs });
    return {
      condition: this.#condition,
      tally: messages.tally(nowMs),
      messages: messages.all,
      outages: this.#outages.all,
      credentialEndsMs,
    };
  }

  get #condition(): Condition {
    if (this.messages.all.length === 0) return 'waiting';
    const { current } = this.#outages;
    if (!current) return 'alive';
    return current.cause === 'credential' ? 'dead' : 'silent';
  }
}

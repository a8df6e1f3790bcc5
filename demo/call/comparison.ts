import { createIceServersLoader, keepFresh, type IceServersLoader, type IceServersOptions } from 'ice-servers-loader';
import { errorWords } from '../wording.js';
import type { CallState, Note, Phase } from './call-state.js';
import { startEchoCall } from './echo-call.js';
import { Lane } from './lane.js';
import { Pauses } from './pauses.js';

export interface ComparisonPlan {
  /** Where the servers come from, with an `apiKey` function that mints a key for each request. */
  readonly source: IceServersOptions;
  readonly lifeSeconds: number;
  readonly durationMs: number;
  readonly dropsAtExpiry: boolean;
}

const messageEveryMs = 40;
const connectsWithinMs = 20_000;
const noConnection =
  'The calls did not connect within 20 seconds. In Firefox, media.peerconnection.ice.loopback in about:config must be true for a TURN server on this computer.';

/** Two calls on one clock, from one loader, one with `keepFresh` and one without. It runs once. */
export class Comparison {
  readonly #plan: ComparisonPlan;
  readonly #onEnd: () => void;
  readonly #startedAt = performance.now();
  readonly #loader: IceServersLoader;
  readonly #kept = new Lane();
  readonly #plain = new Lane();
  readonly #pauses = new Pauses();
  readonly #notes: Note[] = [];
  #phase: Phase = 'connecting';
  #problem: string | undefined;
  #firstEndMs = Infinity;
  #endedMs: number | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(plan: ComparisonPlan, onEnd: () => void) {
    this.#plan = plan;
    this.#onEnd = onEnd;
    // maxUrls: no browser needs all five to reach one server.
    this.#loader = createIceServersLoader({
      ...plan.source,
      storage: 'memory',
      maxUrls: 2,
      rtcConfiguration: { iceTransportPolicy: 'relay' },
    });
    this.#loader.addEventListener('error', ({ detail }) => this.#note('trouble', detail.message));
    this.#connect().catch((error: unknown) => this.#fail(error instanceof Error ? errorWords(error) : noConnection));
  }

  stop(): void {
    if (this.#endedMs === undefined) this.#end('stopped');
  }

  get state(): CallState {
    const nowMs = this.#nowMs;
    return {
      phase: this.#phase,
      nowMs,
      durationMs: this.#plan.durationMs,
      lifeSeconds: this.#plan.lifeSeconds,
      lanes: { kept: this.#kept.observe(nowMs), plain: this.#plain.observe(nowMs) },
      firstEndMs: this.#firstEndMs,
      notes: this.#notes,
      pauses: this.#pauses.long,
      problem: this.#problem,
      dropsAtExpiry: this.#plan.dropsAtExpiry,
    };
  }

  async #connect(): Promise<void> {
    await this.#loader.load();
    if (this.#endedMs !== undefined) return;
    this.#firstEndMs = this.#credentialEndMs();
    for (const lane of this.#lanes) {
      lane.credentialEndsMs = this.#firstEndMs;
      lane.connect(
        startEchoCall(
          () => this.#loader.peek()!,
          (text) => this.#answer(lane, Number(text)),
        ),
      );
    }
    for (const end of this.#kept.ends) keepFresh(end, this.#loader);
    this.#loader.addEventListener('refresh', () => this.#onRefresh());
    this.#timer = setInterval(() => this.#tick(), messageEveryMs);
  }

  #onRefresh(): void {
    this.#kept.credentialEndsMs = this.#credentialEndMs();
    this.#note('credential', 'A new credential has arrived. keepFresh moves its call to a new relay, while the call goes on.');
  }

  #tick(): void {
    const nowMs = this.#notice();
    if (this.#phase === 'connecting') this.#beginIfOpen(nowMs);
    if (this.#phase !== 'running') return;
    for (const lane of this.#lanes) {
      if (lane.isOpen) lane.send(nowMs);
    }
    if (nowMs >= this.#plan.durationMs) this.#end('finished');
  }

  #beginIfOpen(nowMs: number): void {
    if (this.#lanes.every(({ isOpen }) => isOpen)) {
      this.#phase = 'running';
      this.#note('open', 'Both calls are connected, only through the TURN server and with the same credential.');
    } else if (nowMs > connectsWithinMs) this.#fail(noConnection);
  }

  #answer(lane: Lane, number: number): void {
    lane.messages.answer(number, this.#notice());
  }

  /** Records that the page is running now. If it was paused before, neither call caused the delay. */
  #notice(): number {
    const nowMs = this.#nowMs;
    const pausedMs = this.#pauses.notice(nowMs);
    if (pausedMs > 0) for (const lane of this.#lanes) lane.messages.excuse(pausedMs);
    return nowMs;
  }

  #fail(problem: string): void {
    if (this.#endedMs !== undefined) return;
    this.#problem = problem;
    this.#end('failed');
  }

  #end(phase: 'finished' | 'stopped' | 'failed'): void {
    this.#endedMs = this.#nowMs;
    this.#phase = phase;
    clearInterval(this.#timer);
    for (const lane of this.#lanes) lane.close();
    this.#loader.dispose();
    if (phase !== 'failed') this.#note('end', phase === 'finished' ? 'One minute has passed.' : 'You stopped the calls.');
    this.#onEnd();
  }

  #note(kind: Note['kind'], words: string): void {
    this.#notes.push({ atMs: this.#nowMs, kind, words });
  }

  #credentialEndMs(): number {
    return this.#loader.status!.expiresAt - Date.now() + this.#nowMs;
  }

  get #nowMs(): number {
    return this.#endedMs ?? performance.now() - this.#startedAt;
  }

  get #lanes(): readonly Lane[] {
    return [this.#kept, this.#plain];
  }
}

import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { faultBody } from './fault-body.js';
import { parseFault, type Fault } from './fault.js';

const minuteMs = 60_000;

/** Makes Get Credential fail in a chosen way. */
export class Faults {
  #fault: Fault | undefined;
  #left = Infinity;
  #passed: number[] = [];

  get current(): Fault | undefined {
    return this.#fault;
  }

  /** Replaces the previous fault. Throws a TypeError if the fault is invalid. */
  set(fault: Fault): void {
    this.#fault = parseFault(fault);
    this.#left = fault.times ?? Infinity;
    this.#passed = [];
  }

  clear(): void {
    this.#fault = undefined;
  }

  readonly middleware: MiddlewareHandler<{ Bindings: HttpBindings }> = async (context, next) => {
    const fault = this.#take();
    if (!fault) return next();

    const { signal } = context.req.raw;
    if (fault.delayMs) await delay(fault.delayMs, undefined, { signal }).catch(() => undefined);
    if (fault.hang && !signal.aborted) await once(signal, 'abort');
    if (fault.disconnect) context.env.incoming.destroy();

    await next();
    const spoiled = await spoil(context.res, fault);
    // Hono merges the headers of the previous response into the new one, unless there is no previous response.
    context.res = undefined;
    context.res = spoiled;
    return;
  };

  #take(): Fault | undefined {
    const fault = this.#fault;
    if (!fault) return undefined;
    if (fault.perMinute !== undefined && this.#mayPass(fault.perMinute)) return undefined;
    if (this.#left <= 0) {
      this.clear();
      return undefined;
    }
    this.#left -= 1;
    if (this.#left === 0) this.clear();
    return fault.perMinute === undefined ? fault : { status: 429, ...fault };
  }

  #mayPass(perMinute: number): boolean {
    const now = Date.now();
    this.#passed = this.#passed.filter((at) => at > now - minuteMs);
    if (this.#passed.length >= perMinute) return false;
    this.#passed.push(now);
    return true;
  }
}

async function spoil(real: Response, fault: Fault): Promise<Response> {
  const headers = new Headers(real.headers);
  const text = await real.text();
  const content = faultBody(fault, text);
  if (content) headers.set('Content-Type', content.contentType);
  headers.delete('Content-Length');
  if (fault.cors === false) headers.delete('Access-Control-Allow-Origin');
  if (fault.retryAfter !== undefined) headers.set('Retry-After', fault.retryAfter);
  if (fault.exposeRetryAfter) headers.set('Access-Control-Expose-Headers', 'Retry-After');

  const status = fault.status ?? (content ? 200 : real.status);
  const bodyless = [204, 205, 304].includes(status);
  return new Response(bodyless ? null : content ? content.body : text, { status, headers });
}

import type { Fault } from './fault.js';

interface Content {
  readonly body: string | ReadableStream<Uint8Array> | null;
  readonly contentType: string;
}

/** Returns the body for a fault, or `undefined` to keep the real one. `real` is what the API would have returned. */
export function faultBody(fault: Fault, real: string): Content | undefined {
  const { body } = fault;
  if (typeof body === 'object') return { body: body.text, contentType: body.contentType ?? json };
  const kind = body ?? (fault.ttl === undefined ? undefined : 'wrapped');
  switch (kind) {
    case 'html':
      return { body: '<!doctype html><title>Sign in</title><p>Please sign in to use this network.', contentType: 'text/html' };
    case 'empty-array':
      return { body: '[]', contentType: json };
    case 'error-object':
      return { body: JSON.stringify({ error: 'Invalid API Key' }), contentType: json };
    case 'empty':
      return { body: null, contentType: json };
    case 'truncated':
      return { body: real.slice(0, real.length / 2), contentType: json };
    case 'odd-entries':
      return { body: JSON.stringify([...oddEntries, ...readList(real)]), contentType: json };
    case 'endless':
      return { body: endless(), contentType: json };
    case 'wrapped':
      return { body: JSON.stringify({ iceServers: readList(real), ttl: fault.ttl }), contentType: json };
    case undefined:
      return isFailure(fault.status) ? { body: JSON.stringify({ message: `Status ${fault.status}` }), contentType: json } : undefined;
  }
}

const json = 'application/json';

/** With any of these, `new RTCPeerConnection` throws in Chromium or in Firefox, or the entry is not a server at all. */
const oddEntries: readonly unknown[] = [
  null,
  42,
  {},
  { url: 'stun:old-form.invalid' },
  { urls: [] },
  { urls: 'stun:' },
  { urls: 'http://not-ice.invalid' },
  { urls: 'stun:query.invalid?transport=udp' },
  { urls: 'stuns:secure-stun.invalid' },
  { urls: 'turn:no-pair.invalid' },
  { urls: 'turn:empty-pair.invalid', username: '', credential: '' },
  { urls: 'turn:odd-transport.invalid?transport=tls', username: 'u', credential: 'c' },
  { urls: 'TURN:upper-case.invalid?transport=UDP', username: 'u', credential: 'c' },
  { urls: 'turn:long-name.invalid', username: 'u'.repeat(600), credential: 'c' },
];

function isFailure(status: number | undefined): boolean {
  return status !== undefined && status >= 300;
}

function readList(text: string): unknown[] {
  const value: unknown = JSON.parse(text);
  const list = isWrapped(value) ? value.iceServers : value;
  return Array.isArray(list) ? list : [];
}

function isWrapped(value: unknown): value is { readonly iceServers: unknown } {
  return typeof value === 'object' && value !== null && 'iceServers' in value;
}

function endless(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('[')) });
}

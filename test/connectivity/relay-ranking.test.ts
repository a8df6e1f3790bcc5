import { describe, expect, it } from 'vitest';
import { bestRelay, measureFromEchoes } from '../../src/connectivity/relay-ranking.js';
import { readTarget } from '../../src/connectivity/targets.js';
import type { ServerResult } from '../../src/connectivity.js';

const result = (url: string, delay: number, { loss = 0, ...rest }: Partial<ServerResult> & { loss?: number } = {}): ServerResult => {
  const { kind, transport } = readTarget(url);
  const relay = { rtt: { min: delay, median: delay, p95: delay }, jitter: 0, loss };
  return { url, kind, transport, status: 'ok', stage: 'relayed', elapsed: delay, relay, errors: [], candidates: [], advice: '', ...rest };
};

describe('the best way of a call', () => {
  it.each([
    ['UDP before a nearer TCP or TLS', ['turns:a', 'turn:a?transport=tcp', 'turn:a'], 'turn:a'],
    ['TCP before TLS', ['turns:a', 'turn:a?transport=tcp'], 'turn:a?transport=tcp'],
    ['the nearer of two', ['turn:near', 'turn:far'], 'turn:near'],
    ['not STUN', ['stun:a', 'turns:a'], 'turns:a'],
  ])('is %s', (_, urls, best) => {
    expect(bestRelay(urls.map((url, index) => result(url, 10 + index * 10)))?.url).toBe(best);
  });

  it('is one that works', () => {
    expect(bestRelay([result('turn:a', 10, { status: 'refused' }), result('turns:a', 90)])?.url).toBe('turns:a');
    expect(bestRelay([result('turn:a', 10, { status: 'timeout' })])).toBeUndefined();
  });

  it('is the one that allocated sooner if no data was sent', () => {
    const some = [result('turn:slow', 1, { relay: undefined, elapsed: 90 }), result('turn:fast', 1, { relay: undefined, elapsed: 60 })];
    expect(bestRelay(some)?.url).toBe('turn:fast');
  });
});

describe('what the data tests say of a call', () => {
  it('is the delay of the best way', () => {
    expect(measureFromEchoes([result('turn:far', 90), result('turn:near', 20)])?.rtt.median).toBe(20);
  });

  it('is the loss of one way to the server and back, where an echo makes it twice', () => {
    expect(measureFromEchoes([result('turn:a', 20, { loss: 0.19 })])?.loss).toBeCloseTo(0.1);
  });

  it('counts the echoes of all URLs over the same transport, and of no other', () => {
    const some = [result('turn:a', 20), result('turn:b', 30, { loss: 0.38 }), result('turns:a', 40, { loss: 1 })];
    expect(measureFromEchoes(some)?.loss).toBeCloseTo(0.1);
  });

  it('is nothing if no data was sent', () => {
    expect(measureFromEchoes([result('turn:a', 20, { relay: undefined })])).toBeUndefined();
    expect(measureFromEchoes([])).toBeUndefined();
  });
});

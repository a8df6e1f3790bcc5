import { describe, expect, it } from 'vitest';
import { ServerResults } from '../../src/connectivity/server-results.js';
import { readTargets } from '../../src/connectivity/targets.js';
import type { RawResult } from '../../src/connectivity/test-url.js';
import type { ServerStage, ServerStatus } from '../../src/connectivity.js';

/** A run over some URLs, whose results come one by one. */
const startRun = (...urls: string[]) => {
  const targets = readTargets([{ urls, username: 'a', credential: 'b' }]);
  const told: string[] = [];
  const results = new ServerResults(targets, ({ url, status }) => told.push(`${url} ${status}`));
  const add = (url: string, status: ServerStatus, stage: ServerStage = 'none'): void => {
    const index = targets.findIndex((target) => target.url === url);
    const { kind, transport } = targets[index]!;
    const raw: RawResult = { url, kind, transport, status, stage, elapsed: 1, errors: [], candidates: [], isBlocked: false };
    results.add(index, raw);
  };
  return { add, told, results };
};

describe('the results of a run', () => {
  it('a result that no other can change is final at once', () => {
    const { add, told } = startRun('turn:a', 'turns:a');
    add('turn:a', 'timeout');
    expect(told).toEqual(['turn:a timeout']);
  });

  it('a result that depends on its host waits for the other URLs of the host', () => {
    const { add, told } = startRun('turn:a', 'turns:a', 'turn:b');
    add('turns:a', 'unreachable');
    add('turn:b', 'unauthorized', 'reached');
    expect(told).toEqual(['turn:b unauthorized']);
    add('turn:a', 'dns');
    expect(told.slice(1)).toEqual(['turn:a dns', 'turns:a dns']);
  });

  it('a URL that reached the host ends the waiting', () => {
    const { add, told } = startRun('turn:a', 'turns:a', 'turn:a:80');
    add('turn:a', 'dns');
    add('turns:a', 'ok', 'reached');
    expect(told).toEqual(['turn:a unreachable', 'turns:a ok']);
  });

  it('each one is told once', () => {
    const { add, told } = startRun('turn:a', 'turn:a:80');
    add('turn:a', 'ok', 'relayed');
    add('turn:a:80', 'ok', 'relayed');
    expect(told).toEqual(['turn:a ok', 'turn:a:80 ok']);
  });

  it('they stand in the order of the configuration, each with advice', () => {
    const { add, results } = startRun('turn:a', 'turn:b');
    add('turn:b', 'timeout');
    add('turn:a', 'quota', 'reached');
    expect(results.final.map(({ url }) => url)).toEqual(['turn:a', 'turn:b']);
    expect(results.final.every(({ advice }) => advice.endsWith('.'))).toBe(true);
  });
});

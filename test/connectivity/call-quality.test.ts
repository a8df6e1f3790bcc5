import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testConnectivity, type ConnectivityOptions, type Progress } from '../../src/connectivity.js';
import { stubWebRtc, type FakeServer } from '../support/webrtc.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const good: FakeServer = { answersAfter: 30, opensAfter: 50, echoTakes: 40 };
const every =
  (step: number): ((index: number) => boolean) =>
  (index) =>
    index % step === step - 1;

const run = async (servers: Record<string, FakeServer>, options: ConnectivityOptions = {}) => {
  const { made, openCount } = stubWebRtc((url) => servers[url]);
  const iceServers = [{ urls: Object.keys(servers), username: 'a', credential: 'b' }];
  const testing = testConnectivity({ iceServers }, options);
  await vi.runAllTimersAsync();
  return { ...(await testing).toJSON(), made, openCount };
};

describe('the quality of a call', () => {
  it('is measured over 150 packets in 3 s through the best way', async () => {
    const { quality, made, openCount } = await run({ 'turn:a?transport=tcp': good, 'turn:a': good }, { quality: true });
    expect(quality).toEqual({
      url: 'turn:a',
      rtt: { min: 20, median: 20, p95: 20 },
      jitter: 0,
      loss: 0,
      packets: 150,
      grade: 'good',
    });
    expect(made.slice(4)).toEqual(['turn:a', 'turn:a']);
    expect(openCount()).toBe(0);
  });

  it('takes as long as it should', async () => {
    const startedAtMs = performance.now();
    const { quality } = await run({ 'turn:a': good }, { quality: 10, relay: false });
    expect(quality?.packets).toBe(500);
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(9980);
    expect(performance.now() - startedAtMs).toBeLessThan(10_200);
  });

  it('is not measured unless asked for', async () => {
    expect(await run({ 'turn:a': good })).not.toHaveProperty('quality');
    expect(await run({ 'turn:a': good }, { quality: false })).not.toHaveProperty('quality');
  });

  it('is not there if no TURN URL works', async () => {
    const { quality, made } = await run({ 'stun:a': good, 'turn:a': { answersAfter: 10, opensAfter: false } }, { quality: true });
    expect(quality).toBeUndefined();
    expect(made).toHaveLength(3);
  });

  it('counts what was lost, and the summary says so', async () => {
    const { quality, verdict, summary } = await run({ 'turn:a': { ...good, loses: every(50) } }, { quality: true });
    expect(quality).toMatchObject({ loss: 0.02, packets: 150, grade: 'fair' });
    expect([verdict, summary]).toEqual(['ok', 'UDP works. Call quality is fair, with 2% of the packets lost.']);
  });

  it('has a delay in it, and the summary says so', async () => {
    const { quality, summary } = await run({ 'turn:a': { ...good, echoTakes: 900 } }, { quality: true });
    expect(quality).toMatchObject({ rtt: { median: 450 }, grade: 'poor' });
    expect(summary).toBe('UDP works. Call quality is poor, with a delay of 450 ms.');
  });

  it('stands behind the verdict if that is not ok', async () => {
    const { summary } = await run({ 'turn:a': {}, 'turn:a?transport=tcp': { ...good, loses: every(25) } }, { quality: true });
    expect(summary).toBe('UDP is blocked here; TCP works: calls will go that way. Call quality is fair, with 4% of the packets lost.');
  });

  it('that lost nothing after a data test that did is good, and all is still not well', async () => {
    let count = 0;
    const { quality, summary } = await run({ 'turn:a': { ...good, loses: (index) => index === 5 && ++count === 1 } }, { quality: true });
    expect(quality).toMatchObject({ loss: 0, grade: 'good' });
    expect(summary).toBe('UDP works. Call quality is good, with 0.3% of the packets lost.');
  });

  it('is missing if the second connection fails, and the summary does not say that all is well', async () => {
    let count = 0;
    stubWebRtc(() => (++count > 2 ? {} : good));
    const testing = testConnectivity({ iceServers: [{ urls: 'turn:a', username: 'a', credential: 'b' }] }, { quality: true });
    await vi.runAllTimersAsync();
    const { quality, verdict, summary } = await testing;
    expect([quality, verdict, summary]).toEqual([undefined, 'ok', 'UDP works. Call quality could not be measured.']);
  });

  it('ends with an abort, which leaves no connection open', async () => {
    const controller = new AbortController();
    const onProgress = ({ phase, done }: Progress): void => {
      if (phase === 'quality' && done > 50) controller.abort();
    };
    const { quality, verdict, summary, openCount } = await run(
      { 'turn:a': good },
      { quality: true, signal: controller.signal, onProgress },
    );
    expect([quality, verdict, summary]).toEqual([undefined, 'ok', 'All is well: UDP works.']);
    expect(openCount()).toBe(0);
  });

  it('is measured over fewer packets in a tab that sends late', async () => {
    // A tab in the background runs its timers once a second.
    const { setTimeout: setTimer } = globalThis;
    vi.stubGlobal('setTimeout', (callBack: () => void, ms = 0) => setTimer(callBack, ms === 20 ? 1000 : ms));
    const { quality } = await run({ 'turn:a': good }, { quality: true });
    expect(quality).toMatchObject({ packets: 7, loss: 0 });
  });
});

describe('a run without quality', () => {
  it('says that all is well if no echo is lost', async () => {
    expect((await run({ 'turn:a': good })).summary).toBe('All is well: UDP works.');
  });

  it('C-91: does not say so if a third of the packets are lost', async () => {
    const { verdict, summary } = await run({ 'turn:a': { ...good, loses: every(3) } });
    expect([verdict, summary]).toEqual(['ok', 'UDP works. Call quality is poor, with 16.3% of the packets lost.']);
  });

  it('does not say so if one echo of sixty is lost, which is no bad quality', async () => {
    const { summary } = await run({ 'turn:a': { ...good, loses: every(20) }, 'turn:a:80': good, 'turn:a:443': good });
    expect(summary).toBe('UDP works. Call quality is good, with 0.8% of the packets lost.');
  });

  it('does not say so if the server is far away', async () => {
    expect((await run({ 'turn:a': { ...good, echoTakes: 400 } })).summary).toBe('UDP works. Call quality is fair, with a delay of 200 ms.');
  });
});

describe('the progress of a run', () => {
  const watch = async (servers: Record<string, FakeServer>, options: ConnectivityOptions = {}) => {
    const seen: Progress[] = [];
    const startedAtMs = performance.now();
    const ends: number[] = [];
    const onProgress = (progress: Progress): void => {
      seen.push(progress);
      ends.push(performance.now() - startedAtMs + progress.remaining);
    };
    await run(servers, { ...options, onProgress });
    return { seen, ends, tookMs: performance.now() - startedAtMs };
  };

  it('names the URLs under test, and counts those that are done', async () => {
    const { seen } = await watch({ 'turn:a': good, 'turn:b': good, 'turn:c': good }, { concurrency: 1, relay: false });
    expect(seen.map(({ phase, done, total, running }) => `${phase} ${done}/${total} ${running.join()}`)).toEqual([
      'servers 0/3 turn:a',
      'servers 1/3 ',
      'servers 1/3 turn:b',
      'servers 2/3 ',
      'servers 2/3 turn:c',
      'servers 3/3 ',
    ]);
  });

  it('shows the time of each packet of a call, five times a second', async () => {
    const { seen } = await watch({ 'turn:a': { ...good, loses: every(4) } }, { quality: 1 });
    const packets = seen.filter(({ phase }) => phase === 'quality');
    expect(packets.map(({ done, total }) => `${done}/${total}`)).toEqual(['0/50', '10/50', '20/50', '30/50', '40/50', '50/50']);
    expect(packets[1]!.running).toEqual(['turn:a']);
    expect(packets[1]!.packets).toEqual([20, 20, 20, undefined, 20, 20, 20, undefined, 20, undefined]);
  });

  it.each([
    ['all is well', { 'turn:a': good, 'turn:b': good, 'turn:c': good }],
    ['nothing answers', { 'turn:a': {}, 'turn:b': {}, 'turn:c': {} }],
    ['nothing can be relayed', { 'turn:a': { answersAfter: 4900 }, 'turn:b': { answersAfter: 4900 }, 'turn:c': { answersAfter: 4900 } }],
    ['packets are lost', { 'turn:a': { ...good, loses: every(3) }, 'turn:b': good, 'turn:c': good }],
  ])('never takes longer than it says: %s', async (_, servers) => {
    const { ends, tookMs } = await watch(servers, { concurrency: 2, quality: true });
    expect(Math.min(...ends)).toBeGreaterThanOrEqual(tookMs);
  });

  it('goes on if the listener throws', async () => {
    const errors: unknown[] = [];
    vi.stubGlobal('queueMicrotask', (callBack: () => void) => {
      try {
        callBack();
      } catch (error) {
        errors.push(error);
      }
    });
    const onProgress = (): never => {
      throw new Error('mine');
    };
    expect((await run({ 'turn:a': good }, { onProgress })).verdict).toBe('ok');
    expect(errors).toHaveLength(2);
  });
});

describe('a wrong option', () => {
  it.each([
    ['quality must be true, false or seconds, 1 to 3600, given: number', { quality: 0 }],
    ['quality must be true, false or seconds, 1 to 3600, given: number', { quality: 3601 }],
    ['quality must be true, false or seconds, 1 to 3600, given: NaN', { quality: Number.NaN }],
    ['quality must be true, false or seconds, 1 to 3600, given: string', { quality: '3' }],
    ['onProgress must be a function, given: boolean', { onProgress: true }],
  ])('%s', async (sentence, options) => {
    stubWebRtc(() => good);
    await expect(testConnectivity({ iceServers: [] }, options as never)).rejects.toThrow(`ice-servers-loader: ${sentence}.`);
  });
});

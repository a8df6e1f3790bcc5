import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { adviceFor } from '../src/connectivity/advice.js';
import { compareRegions, testConnectivity, type ServerResult, type ServerStatus, type Verdict } from '../src/connectivity.js';
import { qualityOf } from '../src/connectivity/quality.js';
import { runAll } from '../src/connectivity/run-all.js';
import { stageOf, statusAtHost, statusOf, type Evidence } from '../src/connectivity/status.js';
import { readTarget, readTargets } from '../src/connectivity/targets.js';
import { getVerdict } from '../src/connectivity/verdict.js';

/** What a browser showed: the types of the candidates, the errors as code and time, and whether it was done. */
const seen = (found: string[], errors: [code: number, elapsed: number][], isComplete = false): Evidence => ({
  candidateTypes: new Set(found),
  errors: errors.map(([code, elapsed]) => ({ code, elapsed })),
  isComplete,
});

const host = 'turn.example';
const stun = `stun:${host}:80`;
const udp = `turn:${host}:80`;
const tcp = `turn:${host}:80?transport=tcp`;
const tls = `turns:${host}:443?transport=tcp`;

describe('the status of what a browser shows', () => {
  // The rows of the measurements in Chromium 156 and Firefox 153.
  const rows: [what: string, url: string, evidence: Evidence, status: ServerStatus | undefined][] = [
    ['a relay candidate', udp, seen(['relay'], []), 'ok'],
    ['a reflexive candidate from STUN', stun, seen(['host', 'srflx'], []), 'ok'],
    ['a reflexive candidate beside a rejected credential', udp, seen(['srflx'], [[401, 60]]), 'unauthorized'],
    ['a reflexive candidate alone from a TURN URL', udp, seen(['srflx'], []), undefined],
    ['a 401 over TCP', tcp, seen([], [[401, 120]]), 'unauthorized'],
    ['a 486', udp, seen([], [[486, 60]]), 'quota'],
    ['a 508 in Chromium', udp, seen([], [[508, 60]]), 'capacity'],
    ['a 65535, which is a 508 in Firefox', udp, seen([], [[65535, 40]]), 'refused'],
    ['a code that nobody has seen', tls, seen([], [[437, 90]]), 'refused'],
    ['a closed TCP port', tcp, seen([], [[701, 120]], true), 'unreachable'],
    ['a bad certificate', tls, seen([], [[701, 150], [701, 160]], true), 'unreachable'], // prettier-ignore
    ['a name that does not resolve, over UDP', udp, seen([], [[701, 7], [701, 70]], true), 'dns'], // prettier-ignore
    ['a name that does not resolve, for STUN', stun, seen(['host'], [[701, 10]], true), 'dns'],
    ['a name that does not resolve, over TCP: like a closed port', tcp, seen([], [[701, 70]], true), 'unreachable'],
    ['dead UDP after the patience of Firefox', udp, seen([], [[701, 11_100]], true), 'timeout'],
    ['a black hole after the patience of Firefox', tcp, seen([], [[701, 12_800]], true), 'timeout'],
    ['silence so far', udp, seen([], []), undefined],
    ['UDP disabled by a policy', udp, seen([], [], true), 'no-candidate'],
    ['turns: with an address in Firefox', 'turns:192.0.2.1:443', seen([], [], true), 'no-candidate'],
    ['STUN with UDP disabled', stun, seen([], [], true), 'no-candidate'],
    ['STUN that answers where there is no address translation', stun, seen(['host'], [], true), 'ok'],
    ['a loopback address in Firefox, over UDP', 'turn:127.0.0.1:80', seen([], [[701, 0]], true), 'unreachable'],
    ['localhost in Firefox, over UDP', 'turn:localhost:80', seen([], [[701, 0]], true), 'unreachable'],
    ['an IPv6 address that cannot be reached', 'turn:[2001:db8::1]:80', seen([], [[701, 1]], true), 'unreachable'],
    ['one dead address family, while the other may answer', udp, seen([], [[701, 10]]), undefined],
    ['one dead address family beside a relay candidate', udp, seen(['relay'], [[701, 39_900]], true), 'ok'],
    ['one dead address family, then a 401', udp, seen([], [[701, 10], [401, 200]]), 'unauthorized'], // prettier-ignore
  ];
  it.each(rows)('of %s', (_, url, evidence, status) => {
    expect(statusOf(readTarget(url), evidence)).toBe(status);
  });

  it('is never a rejected credential without a 401, and never undecided once the browser is done', () => {
    const codes = fc.constantFrom(300, 400, 403, 437, 438, 486, 500, 508, 701, 65535);
    const errors = fc.array(fc.tuple(codes, fc.nat(60_000)));
    const found = fc.subarray(['host', 'srflx', 'relay']);
    fc.assert(
      fc.property(fc.constantFrom(stun, udp, tcp, tls), found, errors, (url, types, list) => {
        const status = statusOf(readTarget(url), seen(types, list, true));
        expect(status).toBeDefined();
        expect(status).not.toBe('unauthorized');
        if (list.every(([code]) => code === 701)) expect(status).not.toMatch(/^(quota|capacity|refused)$/);
      }),
    );
  });
});

describe('how far a URL got', () => {
  it.each([
    [seen(['relay'], []), 'ok', 'allocated'],
    [seen(['relay'], [[486, 9]]), 'quota', 'allocated'],
    [seen(['srflx'], []), 'ok', 'reached'],
    [seen([], [[401, 9]]), 'unauthorized', 'reached'],
    [seen([], [[701, 9]]), 'unreachable', 'none'],
    [seen([], []), 'timeout', 'none'],
  ] as const)('%#: %o with %s is %s', (evidence, status, stage) => expect(stageOf(evidence, status)).toBe(stage));
});

describe('what the URLs of one host say of those that look closed, or like an unknown name', () => {
  const none = 'none';
  it('a closed TCP port is a name that does not resolve where UDP says so', () => {
    expect(statusAtHost([{ status: 'dns', stage: none }, { status: 'unreachable', stage: none }])).toBe('dns'); // prettier-ignore
  });
  it('a name does resolve where one URL reached the host, whatever is still to come', () => {
    expect(statusAtHost([{ status: 'dns', stage: none }, undefined, { status: 'unauthorized', stage: 'reached' }])).toBe('unreachable'); // prettier-ignore
  });
  it('a closed port is one where none says that the name does not resolve', () => {
    expect(statusAtHost([{ status: 'unreachable', stage: none }, { status: 'timeout', stage: none }])).toBe('unreachable'); // prettier-ignore
  });
  it('is not certain while one is still to come', () => {
    expect(statusAtHost([{ status: 'dns', stage: none }, undefined])).toBeUndefined();
  });
});

describe('the URLs of a configuration', () => {
  const read = (...urls: string[]) => readTargets([{ urls, username: 'name', credential: 'secret' }]);

  it.each([
    [stun, 'stun', 'udp'],
    [udp, 'turn', 'udp'],
    [`${udp}?transport=udp`, 'turn', 'udp'],
    [tcp, 'turn', 'tcp'],
    [tls, 'turns', 'tls'],
    ['turns:turn.example', 'turns', 'tls'],
    ['turns:turn.example:443?transport=udp', 'turns', 'tls'],
    ['TURN:turn.example?transport=TCP', 'turn', 'tcp'],
    ['turn:[::1]:3478', 'turn', 'udp'],
  ])('%s is %s over %s', (url, kind, transport) => {
    expect(read(url)).toMatchObject([{ url, kind, transport, server: { urls: url } }]);
    expect(read(url)[0]!.host).not.toBe('');
  });

  it('a STUN URL is tested without the pair, a TURN URL with it', () => {
    expect(read(stun, udp).map(({ server }) => server)).toEqual([{ urls: stun }, { urls: udp, username: 'name', credential: 'secret' }]);
  });

  it('each URL is there once, and once more with another pair', () => {
    expect(
      readTargets([{ urls: [udp, udp, stun], username: 'a', credential: 'b' }, { urls: [udp, stun], username: 'a', credential: 'c' }]), // prettier-ignore
    ).toHaveLength(3);
  });

  it('nothing is there without servers', () => expect(readTargets([])).toEqual([]));

  it.each([
    'turn:name:geheim@turn.example',
    'http://turn.example/?apiKey=geheim',
    'turn:turn.example?credential=geheim',
    'turn:turn.example?transport=geheim',
    'turn:turn.example:80?transport=udp&apiKey=geheim',
    'turn:turn.example#geheim',
    'geheim',
    'geheim:x',
    'stuns:turn.example',
    '',
  ])('the wrong URL "%s" is shown without what may be a secret', (url) => {
    // prettier-ignore
    const [target] = read(url);
    expect(target!.host).toBe('');
    expect(target!.url.replace('geheim:', '')).not.toContain('geheim');
  });
});

const result = (url: string, status: ServerStatus): ServerResult => {
  const { kind, transport } = readTarget(url);
  const stage = /^(dns|unreachable|timeout|no-candidate|invalid|aborted|error)$/.test(status) ? 'none' : 'reached';
  return { url, kind, transport, status, stage, elapsed: 1, errors: [], candidates: [], advice: '' };
};

describe('the verdict', () => {
  const rows: [verdict: Verdict, statuses: Partial<Record<string, ServerStatus>>, summary: RegExp][] = [
    ['ok', { [stun]: 'ok', [udp]: 'ok', [tcp]: 'ok', [tls]: 'ok' }, /^All is well: UDP, TCP and TLS work\.$/],
    ['ok', { [stun]: 'timeout', [udp]: 'ok' }, /UDP works/],
    ['ok', { [stun]: 'ok', [tls]: 'ok' }, /TLS works/],
    ['ok', { [udp]: 'timeout', [`${udp}80`]: 'ok', [tls]: 'ok' }, /UDP and TLS work/],
    ['udp-blocked', { [stun]: 'timeout', [udp]: 'timeout', [tcp]: 'ok', [tls]: 'ok' }, /^UDP is blocked here; TCP and TLS work: calls/],
    ['udp-blocked', { [udp]: 'no-candidate', [tcp]: 'unreachable', [tls]: 'ok' }, /^UDP is blocked here; TLS works: /],
    ['udp-blocked', { [stun]: 'timeout', [tls]: 'ok' }, /^UDP is blocked/],
    ['tls-blocked', { [udp]: 'ok', [tcp]: 'ok', [tls]: 'unreachable' }, /^TLS fails here; UDP and TCP work/],
    ['credentials-rejected', { [stun]: 'ok', [udp]: 'unauthorized', [tcp]: 'unauthorized' }, /reject the username or password/],
    ['mixed', { [udp]: 'timeout', [tcp]: 'unauthorized', [tls]: 'unreachable' }, /reject the username or password/],
    ['stun-only', { [stun]: 'ok' }, /^Only STUN works/],
    ['stun-only', { [stun]: 'ok', [udp]: 'unauthorized', [tls]: 'unreachable' }, /reject the username or password/],
    ['stun-only', { [stun]: 'ok', [udp]: 'refused', [tcp]: 'unreachable' }, /^Only STUN works/],
    ['offline', { [stun]: 'dns', [udp]: 'dns', [tcp]: 'unreachable', [tls]: 'timeout' }, /^No server can be reached/],
    ['mixed', { [stun]: 'ok', [udp]: 'timeout', [tcp]: 'ok', [tls]: 'ok' }, /^Some servers fail; TCP and TLS work/],
    ['mixed', { [udp]: 'unauthorized', [tcp]: 'ok' }, /^Some servers fail; TCP works/],
    ['mixed', { [udp]: 'ok', [tls]: 'timeout' }, /^Some servers fail; UDP works/],
    ['mixed', { [udp]: 'quota', [tcp]: 'quota' }, /^No TURN server works/],
    ['mixed', { [udp]: 'quota', [tcp]: 'invalid' }, /^No TURN server works/],
    ['offline', { [udp]: 'invalid' }, /^The browser rejects every address, username or password: correct them\.$/],
    ['mixed', { [stun]: 'invalid', [udp]: 'invalid', [tls]: 'aborted' }, /^No TURN server works so far\.$/],
    ['mixed', { [udp]: 'dns', [tcp]: 'ok' }, /^Some servers fail; TCP works/],
    ['udp-blocked', { [stun]: 'dns', [udp]: 'timeout', [tcp]: 'ok' }, /^UDP is blocked here/],
    ['mixed', { [udp]: 'ok', [tcp]: 'ok', [tls]: 'no-candidate' }, /^Some servers fail; UDP and TCP work/],
    ['mixed', { [udp]: 'ok', [tcp]: 'ok', [tls]: 'dns' }, /^Some servers fail; UDP and TCP work/],
    ['offline', { [stun]: 'invalid', [udp]: 'timeout' }, /^No server can be reached/],
    ['mixed', { [udp]: 'invalid', [tcp]: 'ok' }, /^Some servers fail; TCP works/],
    ['mixed', { [stun]: 'error', [udp]: 'error' }, /^Nothing was tested/],
    ['mixed', { [udp]: 'ok', [tcp]: 'error' }, /^Not all was tested; UDP works/],
    ['mixed', { [udp]: 'aborted', [stun]: 'aborted' }, /^Nothing was tested/],
    ['mixed', { [udp]: 'ok', [tls]: 'aborted' }, /^Not all was tested; UDP works: calls/],
    ['ok', { [udp]: 'ok', [`${udp}80`]: 'aborted' }, /^All is well: UDP works/],
    ['mixed', { [tcp]: 'ok', [udp]: 'aborted' }, /^Not all was tested; TCP works/],
    ['mixed', { [stun]: 'timeout', [tcp]: 'ok', [udp]: 'aborted' }, /^Not all was tested; TCP works/],
    ['mixed', { [tcp]: 'ok', [tls]: 'timeout', [udp]: 'aborted' }, /^Not all was tested; TCP works/],
    ['udp-blocked', { [udp]: 'timeout', [tcp]: 'ok', [tls]: 'aborted' }, /^UDP is blocked here; TCP works/],
    ['mixed', { [stun]: 'ok', [udp]: 'aborted' }, /^Only STUN works so far\.$/],
    ['mixed', { [udp]: 'timeout', [tcp]: 'aborted' }, /^No TURN server works so far\.$/],
    ['mixed', { [udp]: 'unauthorized', [tcp]: 'aborted' }, /reject the username or password/],
    ['mixed', { [stun]: 'ok', [udp]: 'unauthorized', [tcp]: 'aborted' }, /reject the username or password/],
    ['mixed', {}, /^Nothing was tested/],
  ];
  it.each(rows)('is %s for %o', (verdict, statuses, summary) => {
    const results = Object.entries(statuses).map(([url, status]) => result(url, status!));
    expect(getVerdict(results)).toEqual({ verdict, summary: expect.stringMatching(summary) });
  });
});

describe('advice', () => {
  const statuses: ServerStatus[] = ['ok', 'unauthorized', 'quota', 'capacity', 'refused', 'dns', 'unreachable', 'timeout', 'no-candidate', 'invalid', 'aborted', 'error']; // prettier-ignore
  it.each(statuses)('for %s is a sentence, over each transport', (status) => {
    for (const transport of ['udp', 'tcp', 'tls'] as const) expect(adviceFor(transport, status)).toMatch(/^[A-Z][^]{20,}\.$/);
  });
  it('names the certificate where TLS fails', () => {
    expect(adviceFor('tls', 'unreachable')).toContain('certificate');
    expect(adviceFor('tcp', 'unreachable')).not.toContain('certificate');
  });
});

describe('the quality of a relay', () => {
  it('is half of the echoes, with the mean difference as jitter', () => {
    const echoes = Array.from({ length: 20 }, (_, index) => 200 + (index % 2) * 10);
    expect(qualityOf(echoes, 20)).toEqual({ rtt: { min: 100, median: 105, p95: 105 }, jitter: 5, loss: 0 });
  });
  it('counts what never came back', () => expect(qualityOf([10, 10, 10], 4).loss).toBe(0.25));
  it('can be told from one echo', () => expect(qualityOf([30], 1)).toEqual({ rtt: { min: 15, median: 15, p95: 15 }, jitter: 0, loss: 0 }));
});

describe('running tasks', () => {
  it('never runs more than allowed at once, and runs each once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(20), fc.integer({ min: 1, max: 8 }), async (count, concurrency) => {
        let running = 0;
        let most = 0;
        const done: number[] = [];
        const tasks = Array.from({ length: count }, (_, index) => async () => {
          most = Math.max(most, ++running);
          await new Promise((resolve) => setImmediate(resolve));
          running -= 1;
          done.push(index);
        });
        await runAll(tasks, concurrency);
        expect(done).toHaveLength(count);
        expect(most).toBe(Math.min(count, concurrency));
      }),
      { numRuns: 30 },
    );
  });
});

describe('what is asked wrongly', () => {
  afterEach(() => vi.unstubAllGlobals());
  const key = '0123456789abcdef0123456789abcdef0123';

  const good: RTCConfiguration = { iceServers: [{ urls: stun }] };

  it.each([
    ['timeout must be a number, 1 to 1e9', { timeout: 0 }],
    ['timeout must be a number, 1 to 1e9', { timeout: Number.NaN }],
    ['timeout must be a number, 1 to 1e9', { timeout: Infinity }],
    ['timeout must be a number, 1 to 1e9', { timeout: -5 }],
    ['timeout must be a number, 1 to 1e9', { timeout: [5000] }],
    ['concurrency must be a number, 1 to 1e9', { concurrency: '6' }],
    ['concurrency must be a number, 1 to 1e9', { concurrency: Infinity }],
    ['concurrency must be a number, 1 to 1e9', { concurrency: 0.5 }],
    ['relay must be true or false', { relay: 1 }],
    ['signal must be an AbortSignal', { signal: {} }],
    ['signal must be an AbortSignal', { signal: { aborted: false } }],
    ['signal must be an AbortSignal', { signal: null }],
    ['onResult must be a function', { onResult: 'x' }],
    ['unknown option timeuot; the options are timeout, concurrency, relay, quality, signal, onResult, onProgress', { timeuot: 1 }],
    ['unknown option toString; the options are timeout,', { toString: 1 }],
    ['options must be an object with timeout, concurrency, relay, quality, signal, onResult, onProgress', null],
    ['options must be an object with timeout,', 'relay'],
    ['options must be an object with timeout,', 5000],
  ])('%s: %o', async (sentence, options) => {
    vi.stubGlobal('RTCPeerConnection', vi.fn());
    const run = testConnectivity(good, options as never);
    await expect(run).rejects.toThrow(TypeError);
    await expect(run).rejects.toThrow(`ice-servers-loader: ${sentence}`);
  });

  it.each([
    [undefined],
    [null],
    ['turn:turn.example'],
    [5],
    [{}],
    [[{ urls: stun }]],
    [{ iceServers: 'turn:turn.example' }],
    [{ iceServers: { urls: stun } }],
    [{ iceServers: [null] }],
    [{ iceServers: ['turn:turn.example'] }],
    [{ iceServers: [{ url: stun }] }],
  ])('the configuration %o is no RTCConfiguration, and the error shows one', async (configuration) => {
    vi.stubGlobal('RTCPeerConnection', vi.fn());
    const run = testConnectivity(configuration as never);
    await expect(run).rejects.toThrow(TypeError);
    await expect(run).rejects.toThrow('ice-servers-loader: configuration must be { iceServers: [{ urls }] }, as from load().');
  });

  it.each([
    ['regions must be a list of names', { regions: 'europe' }],
    ['samples must be a number, 1 to 1e9', { samples: 0 }],
    ['samples must be a number, 1 to 1e9', { samples: Infinity }],
    ['samples must be a number, 1 to 1e9', { samples: Number.NaN }],
    ['samples must be a number, 1 to 1e9', { samples: -1 }],
    ['unknown option timeout; the options are regions, samples, signal, onResult', { timeout: 1 }],
    ['options must be an object with regions, samples, signal, onResult', null],
    ['options must be an object with regions,', 'europe'],
  ])('%s, in a comparison: %o', async (sentence, settings) => {
    vi.stubGlobal('RTCPeerConnection', vi.fn());
    const run = compareRegions({ appName: 'demo', apiKey: key }, settings as never);
    await expect(run).rejects.toThrow(TypeError);
    await expect(run).rejects.toThrow(`ice-servers-loader: ${sentence}`);
  });

  it.each([
    [undefined, 'appName, such as demo, or endpoint is missing'],
    [null, 'appName, such as demo, or endpoint is missing'],
    ['demo', 'endpoint must be an http(s) address'],
    [{ appName: 'demo' }, 'apiKey is missing'],
  ])('what a comparison is of, %o, is checked as for a loader', async (options, sentence) => {
    vi.stubGlobal('RTCPeerConnection', vi.fn());
    const run = compareRegions(options as never);
    await expect(run).rejects.toThrow(TypeError);
    await expect(run).rejects.toThrow(`ice-servers-loader: ${sentence}`);
  });

  it('a name that may be a key in the wrong place is not repeated', async () => {
    vi.stubGlobal('RTCPeerConnection', vi.fn());
    await expect(testConnectivity(good, { [key]: 1 } as never)).rejects.toThrow(/unknown option; the options are timeout/);
  });

  it('a missing WebRTC is named', async () => {
    await expect(testConnectivity(good)).rejects.toThrow('there is no WebRTC here');
    await expect(compareRegions({ appName: 'demo', apiKey: key })).rejects.toThrow(TypeError);
  });
});

describe('a constructor that throws', () => {
  afterEach(() => vi.unstubAllGlobals());
  it.each([
    ['SyntaxError', 'invalid', 'offline'],
    ['InvalidAccessError', 'invalid', 'offline'],
    ['NotSupportedError', 'invalid', 'offline'],
    ['UnknownError', 'error', 'mixed'],
  ])('with %s is %s, and %s where there is nothing else', async (name, status, wanted) => {
    const construct = (): never => {
      throw new DOMException('no', name);
    };
    vi.stubGlobal('RTCPeerConnection', vi.fn(function () { return construct(); })); // prettier-ignore
    const { results, verdict } = await testConnectivity({ iceServers: [{ urls: udp, username: 'a', credential: 'b' }] });
    expect([results[0]!.status, verdict]).toEqual([status, wanted]);
  });
});

import { describe, expect, it } from 'vitest';
import { meteredBody, otherApiKey } from '../support/endpoint.js';
import { storeBesideForeignRecord } from '../support/foreign-record.js';
import { openTab, userOf } from '../support/loaders.js';
import { changeRecords, readRecords } from '../support/storage.js';
import { advance, dayMs, flush, hourMs, jumpClock, minuteMs, secondMs, settle, startOfTime } from '../support/world.js';

/** Anything that is done with it throws. */
const unreadable = { toString: 1, valueOf: 1 };

describe('what is stored', () => {
  it('C-10: is plain data: JSON brings it back whole', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    await flush();
    const records = [...(await readRecords()).values()];
    expect(records).toHaveLength(1);
    expect(JSON.parse(JSON.stringify(records[0]))).toEqual(records[0]);
    expect(records[0]).toMatchObject({ iceServers: meteredBody(), fetchedAt: startOfTime });
  });

  it('C-10: is plain data where maxAge and staleIfError are Infinity, too', async () => {
    const { loader, anotherTab } = openTab({ maxAge: Infinity, staleIfError: Infinity });
    await settle(loader.load());
    await flush();
    const records = [...(await readRecords()).values()];
    expect(JSON.parse(JSON.stringify(records[0]))).toEqual(records[0]);
    jumpClock(365 * dayMs);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
  });

  it('stands under a key of the package that is a digest', async () => {
    const { loader } = openTab({ region: 'europe' });
    await settle(loader.load());
    await flush();
    for (const key of (await readRecords()).keys()) expect(key).toMatch(/^ice-servers-loader:[\da-z]{2,14}$/);
  });

  it.each<[what: string, change: (record: Record<string, unknown>) => unknown]>([
    ['of another kind', () => 'hello'],
    ['null', () => null],
    ['an empty object', () => ({})],
    ['of a later version', (record) => ({ ...record, v: 2 })],
    ['without a version', (record) => ({ ...record, v: undefined })],
    ['without a date', (record) => ({ ...record, fetchedAt: undefined })],
    ['with a date that is text', (record) => ({ ...record, fetchedAt: 'today' })],
    ['with a date of NaN', (record) => ({ ...record, fetchedAt: NaN })],
    ['from the future', (record) => ({ ...record, fetchedAt: startOfTime + dayMs })],
    ['with servers that are none', (record) => ({ ...record, iceServers: 'x' })],
    ['with no server', (record) => ({ ...record, iceServers: [] })],
    ['with a TURN entry without its pair', (record) => ({ ...record, iceServers: [{ urls: 'turn:a.example' }] })],
    ['with a URL that no constructor takes', (record) => ({ ...record, iceServers: [{ urls: 'https://a.example' }] })],
    ['with a cool-down that is none', (record) => ({ ...record, iceServers: [], cool: 'x' })],
    ...Object.entries({ code: unreadable, status: unreadable, failedAt: unreadable, until: unreadable }).map(
      ([name, value]): [string, (record: Record<string, unknown>) => unknown] => [
        `with a cool-down whose ${name} turns into no text`,
        (record) => ({
          ...record,
          iceServers: [],
          cool: { code: 'network', failedAt: startOfTime - 1, until: startOfTime + minuteMs, count: 1, [name]: value },
        }),
      ],
    ),
    ['with a date that turns into no number', (record) => ({ ...record, fetchedAt: unreadable })],
    [
      'with a cool-down after a failure that there is not',
      (record) => ({ ...record, iceServers: [], cool: { code: 'x', failedAt: startOfTime - 1, until: startOfTime + minuteMs, count: 1 } }),
    ],
    [
      'with a cool-down longer than any',
      (record) => ({ ...record, iceServers: [], cool: { code: 'network', failedAt: 1, until: startOfTime + 100 * dayMs, count: 1 } }),
    ],
    [
      'with a cool-down from the future',
      (record) => ({
        v: record['v'],
        until: startOfTime + 2 * dayMs,
        cool: { code: 'network', failedAt: startOfTime + dayMs, until: startOfTime + 2 * dayMs, count: 1 },
      }),
    ],
  ])('and was changed from outside (%s) is a miss, and the next answer mends it', async (_, change) => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    await changeRecords(change);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('and has a bad entry among good ones is taken without it', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    await changeRecords((record) => ({ ...record, iceServers: [...meteredBody(), { urls: 'stuns:a.example' }] }));
    expect(await settle(anotherTab().load())).toEqual({ iceServers: meteredBody() });
  });

  it('under other keys and past all use is swept', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(30 * dayMs);
    await settle(anotherTab({ apiKey: otherApiKey }).load());
    await advance(secondMs);
    expect((await readRecords()).size).toBe(1);
  });

  it('under other keys and still of use stays, and so does what is stale', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(20 * hourMs);
    await settle(anotherTab({ apiKey: otherApiKey }).load());
    await advance(secondMs);
    expect((await readRecords()).size).toBe(2);
  });

  it('under other keys and unreadable is swept', async () => {
    await storeBesideForeignRecord();
    expect([...(await readRecords()).keys()]).not.toContain('theirs');
  });
});

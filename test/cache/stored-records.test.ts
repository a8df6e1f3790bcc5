import { describe, expect, it } from 'vitest';
import { meteredBody, otherApiKey } from '../support/endpoint.js';
import { storeBesideForeignRecord } from '../support/foreign-record.js';
import { openTab, userOf } from '../support/loaders.js';
import { changeRecords, inDatabase, readRecords } from '../support/storage.js';
import { advance, dayMs, flush, hourMs, jumpClock, minuteMs, secondMs, settle, startOfTime } from '../support/world.js';

/** A value that throws when it is converted to a string or a number. */
const unreadable = { toString: 1, valueOf: 1 };

describe('what is stored', () => {
  it('C-10: is plain data that survives JSON', async () => {
    const { loader } = openTab();
    await settle(loader.load());
    await flush();
    const records = [...(await readRecords()).values()];
    expect(records).toHaveLength(1);
    expect(JSON.parse(JSON.stringify(records[0]))).toEqual(records[0]);
    expect(records[0]).toMatchObject({ iceServers: meteredBody(), fetchedAt: startOfTime });
  });

  it('C-10: is plain data even if maxAge and staleIfError are Infinity', async () => {
    const { loader, anotherTab } = openTab({ maxAge: Infinity, staleIfError: Infinity });
    await settle(loader.load());
    await flush();
    const records = [...(await readRecords()).values()];
    expect(JSON.parse(JSON.stringify(records[0]))).toEqual(records[0]);
    jumpClock(365 * dayMs);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-1');
  });

  it('is stored under the package name and a digest', async () => {
    const { loader } = openTab({ region: 'europe' });
    await settle(loader.load());
    await flush();
    for (const key of (await readRecords()).keys()) expect(key).toMatch(/^ice-servers-loader:[\da-z]{2,14}$/);
  });

  it.each<[what: string, change: (record: Record<string, unknown>) => unknown]>([
    ['of another type', () => 'hello'],
    ['null', () => null],
    ['an empty object', () => ({})],
    ['of a later version', (record) => ({ ...record, v: 2 })],
    ['without a version', (record) => ({ ...record, v: undefined })],
    ['without a date', (record) => ({ ...record, fetchedAt: undefined })],
    ['with a date that is text', (record) => ({ ...record, fetchedAt: 'today' })],
    ['with a date of NaN', (record) => ({ ...record, fetchedAt: NaN })],
    ['from the future', (record) => ({ ...record, fetchedAt: startOfTime + dayMs })],
    ['with a list of servers that is no list', (record) => ({ ...record, iceServers: 'x' })],
    ['with an empty list of servers', (record) => ({ ...record, iceServers: [] })],
    ['with a TURN server without username and credential', (record) => ({ ...record, iceServers: [{ urls: 'turn:a.example' }] })],
    ['with a URL that no constructor accepts', (record) => ({ ...record, iceServers: [{ urls: 'https://a.example' }] })],
    ['with a cool-down that is no object', (record) => ({ ...record, iceServers: [], cool: 'x' })],
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
    ['with a date that cannot be converted to a number', (record) => ({ ...record, fetchedAt: unreadable })],
    [
      'with a cool-down of an unknown error code',
      (record) => ({ ...record, iceServers: [], cool: { code: 'x', failedAt: startOfTime - 1, until: startOfTime + minuteMs, count: 1 } }),
    ],
    [
      'with a cool-down longer than any real one',
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
  ])('is a miss if it was changed from outside (%s), and the next answer replaces it', async (_, change) => {
    const { loader, endpoint, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    await changeRecords(change);
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    await flush();
    expect(userOf(await settle(anotherTab().load()))).toBe('user-2');
    expect(endpoint.requests).toHaveLength(2);
  });

  it('is read without a bad server among good ones', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    await changeRecords((record) => ({ ...record, iceServers: [...meteredBody(), { urls: 'stuns:a.example' }] }));
    expect(await settle(anotherTab().load())).toEqual({ iceServers: meteredBody() });
  });

  it('is deleted if it is another entry that has expired', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(30 * dayMs);
    await settle(anotherTab({ apiKey: otherApiKey }).load());
    await advance(secondMs);
    expect((await readRecords()).size).toBe(1);
  });

  it('is kept if it is another entry that may still be served, even as stale', async () => {
    const { loader, anotherTab } = openTab();
    await settle(loader.load());
    await flush();
    jumpClock(20 * hourMs);
    await settle(anotherTab({ apiKey: otherApiKey }).load());
    await advance(secondMs);
    expect((await readRecords()).size).toBe(2);
  });

  it('is deleted if it is another entry that is unreadable', async () => {
    await storeBesideForeignRecord();
    expect([...(await readRecords()).keys()]).not.toContain('theirs');
  });
});

describe('C-85: a record of another version of this package', () => {
  const later = { v: 2, until: startOfTime - dayMs, answers: ['in a form of its own'] };

  it.each([
    ['later', later],
    ['earlier', { ...later, v: 0 }],
    ['later, and has no end that this version knows', { v: 7 }],
  ])('that is %s is left alone when entries are swept', async (_, foreign) => {
    await settle(openTab().loader.load());
    await flush();
    await inDatabase((store) => store.put(foreign, 'ice-servers-loader:theirs'));
    jumpClock(30 * dayMs);
    await settle(openTab({ region: 'eu' }).loader.load());
    await advance(secondMs);
    const records = await readRecords();
    expect(records.get('ice-servers-loader:theirs')).toEqual(foreign);
    expect(records.size).toBe(2);
  });

  it.each([
    ['without a version', { until: 1 }],
    ['whose version is text', { ...later, v: '2' }],
  ])('is not: something %s, which is swept', async (_, rubbish) => {
    await settle(openTab().loader.load());
    await flush();
    await inDatabase((store) => store.put(rubbish, 'ice-servers-loader:rubbish'));
    await settle(openTab({ region: 'eu' }).loader.load());
    await advance(secondMs);
    expect((await readRecords()).has('ice-servers-loader:rubbish')).toBe(false);
  });
});

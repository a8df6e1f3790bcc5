import { describe, expect, it } from 'vitest';
import { FakeConnection, samePair } from '../support/connection.js';
import { unreachable } from '../support/endpoint.js';
import { errorsOf, keep, openTab, refreshesOf, userOf } from '../support/loaders.js';
import { advance, flush, hourMs, minuteMs, settle } from '../support/world.js';

/** Two loaders, each with its own endpoint; the usernames of the second one begin with `other`. */
function openTwo() {
  const [one, two] = [openTab({ storage: 'memory' }), openTab({ storage: 'memory', appName: 'other' })];
  two.endpoint.always(async (_, count) =>
    Response.json([{ urls: 'turn:other.example', username: `other-${count}`, credential: 'secret' }]),
  );
  return { one, two };
}

describe('a connection that is kept by two sources', () => {
  it('gets the servers of the second one at once', async () => {
    const { one, two } = openTwo();
    const connection = new FakeConnection(await settle(one.loader.load()));
    await settle(two.loader.load());
    keep(connection, one.loader);
    keep(connection, two.loader);
    expect(userOf(connection.getConfiguration())).toBe('other-1');
  });

  it('gets the servers of whichever has new ones, and once each: the two do not fight', async () => {
    const { one, two } = openTwo();
    const connection = new FakeConnection(await settle(one.loader.load()));
    await settle(two.loader.load());
    keep(connection, one.loader);
    keep(connection, two.loader);
    await settle(one.loader.load({ cache: 'reload' }));
    await advance(minuteMs);
    expect(connection.applied.map(userOf)).toEqual(['other-1', 'user-2']);
  });

  it.each([
    ['first', 'other-2'],
    ['second', 'user-2'],
  ])('stays with the other one if the %s is stopped', async (stopped, user) => {
    const { one, two } = openTwo();
    const connection = new FakeConnection(await settle(one.loader.load()));
    const stops = [keep(connection, one.loader), keep(connection, two.loader)];
    await settle(two.loader.load());
    stops[stopped === 'first' ? 0 : 1]!();
    await settle(one.loader.load({ cache: 'reload' }));
    await settle(two.loader.load({ cache: 'reload' }));
    expect(userOf(connection.getConfiguration())).toBe(user);
  });
});

describe('the listeners of several loaders do not mix:', () => {
  it('a 401 brings new servers to the loader of that connection, and to no other', async () => {
    const { one, two } = openTwo();
    const refreshes = [refreshesOf(one.loader), refreshesOf(two.loader)];
    const connection = new FakeConnection(await settle(one.loader.load()));
    const other = new FakeConnection(await settle(two.loader.load()));
    keep(connection, one.loader);
    keep(other, two.loader);
    connection.fireCandidateError();
    await flush();
    expect(refreshes.map(({ length }) => length)).toEqual([2, 1]);
    expect([userOf(connection.getConfiguration()), userOf(other.getConfiguration())]).toEqual(['user-2', 'other-1']);
  });

  it('a failure is an error event of the loader of that connection, and of no other', async () => {
    const { one, two } = openTwo();
    const errors = [errorsOf(one.loader), errorsOf(two.loader)];
    one.endpoint.next(samePair);
    const connection = new FakeConnection(await settle(one.loader.load()));
    const other = new FakeConnection(await settle(two.loader.load()));
    keep(connection, one.loader);
    keep(other, two.loader);
    one.endpoint.always(samePair);
    connection.fireCandidateError();
    await flush();
    expect(errors.map((all) => all.map(({ code }) => code))).toEqual([['credential-rejected'], []]);
  });

  it('an outage of one endpoint leaves the other connection with new servers', async () => {
    const { one, two } = openTwo();
    const errors = errorsOf(two.loader);
    const connection = new FakeConnection(await settle(one.loader.load()));
    const other = new FakeConnection(await settle(two.loader.load()));
    keep(connection, one.loader);
    keep(other, two.loader);
    one.endpoint.always(unreachable);
    await advance(hourMs);
    expect(userOf(other.getConfiguration())).not.toBe('other-1');
    expect(errors).toEqual([]);
  });

  it('stopping one connection leaves the timer of the other', async () => {
    const { one, two } = openTwo();
    const stop = keep(new FakeConnection(await settle(one.loader.load())), one.loader);
    const other = new FakeConnection(await settle(two.loader.load()));
    keep(other, two.loader);
    stop();
    await advance(hourMs);
    expect(one.endpoint.requests).toHaveLength(1);
    expect(userOf(other.getConfiguration())).not.toBe('other-1');
  });
});

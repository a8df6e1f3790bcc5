import { describe, expect, it } from 'vitest';
import { hasUnusedCredential, shouldRestartIce, type Refusal, type RestartSituation } from '../../src/keep-fresh/restart-decision.js';

/** A call whose configuration has a new credential. */
const moved = { gatheredWith: 'old', configured: 'new', restartedFor: undefined };

const relayed = true;
const direct = false;
const unknown = undefined;
const notConnected: RTCPeerConnectionState[] = ['new', 'connecting', 'disconnected', 'failed'];

type Row = [restarts: boolean, why: string, isRelayed: boolean | undefined, refusal: Refusal];

describe('a connection with a new credential that is connected', () => {
  const rows: Row[] = [
    [true, 'its media pass through the relay of the old credential', relayed, 'none'],
    [true, 'they do, and a refusal is suspected', relayed, 'suspected'],
    [true, 'they do, and the server refused the old credential', relayed, 'proven'],
    [true, 'it is direct, and the server refused the old credential: it has no way left if the direct one fails', direct, 'proven'],
    [true, 'nobody knows its path, and the server refused the old credential', unknown, 'proven'],
    [false, 'it is direct, and the old credential works', direct, 'none'],
    [false, 'it is direct, and a refusal is only suspected', direct, 'suspected'],
    [false, 'nobody knows its path, and the old credential works', unknown, 'none'],
    [false, 'nobody knows its path, and a refusal is only suspected', unknown, 'suspected'],
  ];

  it.each(rows)('restarts ICE (%s): %s', (restarts, _, isRelayed, refusal) => {
    expect(shouldRestartIce({ ...moved, isRelayed, refusal, connectionState: 'connected' })).toBe(restarts);
  });
});

describe.each(notConnected)('a connection with a new credential that is %s', (connectionState) => {
  const rows: Row[] = [
    [true, 'it was relayed with the old credential', relayed, 'none'],
    [true, 'it was, and a refusal is suspected', relayed, 'suspected'],
    [true, 'it was, and the server refused the old credential', relayed, 'proven'],
    [true, 'it is direct, and the server refused the old credential', direct, 'proven'],
    [true, 'it is direct, and a refusal is suspected: there is nothing to disturb', direct, 'suspected'],
    [true, 'nobody knows its path, and the server refused the old credential', unknown, 'proven'],
    [true, 'nobody knows its path, and a refusal is suspected', unknown, 'suspected'],
    [false, 'it is direct, and the old credential works', direct, 'none'],
    [false, 'nobody knows its path, and the old credential works', unknown, 'none'],
  ];

  it.each(rows)('restarts ICE (%s): %s', (restarts, _, isRelayed, refusal) => {
    expect(shouldRestartIce({ ...moved, isRelayed, refusal, connectionState })).toBe(restarts);
  });
});

describe('a credential', () => {
  type Credentials = Pick<RestartSituation, 'gatheredWith' | 'configured' | 'restartedFor'>;

  const rows: [isUnused: boolean, why: string, credentials: Credentials][] = [
    [true, 'the candidates were gathered with another one', moved],
    [true, 'the last restart was for a third one', { ...moved, restartedFor: 'third' }],
    [true, 'the last restart was for the one in use', { ...moved, restartedFor: 'old' }],
    [true, 'the candidates were gathered without one', { ...moved, gatheredWith: '' }],
    [false, 'the candidates were gathered with it', { ...moved, gatheredWith: 'new' }],
    [false, 'a restart for it has begun', { ...moved, restartedFor: 'new' }],
    [
      false,
      'the candidates were gathered with it, and an earlier restart was for another one',
      { ...moved, gatheredWith: 'new', restartedFor: 'old' },
    ],
    [false, 'there is none, and there was none', { gatheredWith: '', configured: '', restartedFor: undefined }],
  ];

  it.each(rows)('in the configuration is unused (%s): %s', (isUnused, _, credentials) => {
    expect(hasUnusedCredential(credentials)).toBe(isUnused);
  });

  it.each(rows.filter(([isUnused]) => !isUnused))(
    'that is not unused (%s) causes no restart, however much it matters: %s',
    (_, __, credentials) => {
      expect(shouldRestartIce({ ...credentials, isRelayed: true, refusal: 'proven', connectionState: 'failed' })).toBe(false);
    },
  );
});

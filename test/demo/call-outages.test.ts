import { expect, it } from 'vitest';
import { Messages } from '../../demo/call/messages.js';
import { Outages } from '../../demo/call/outages.js';

const credentialEndsMs = 20_000;

it('a call is not silent before one and a half seconds', () => {
  const outages = new Outages();
  outages.update({ nowMs: 6000, silentMs: 1400, credentialEndsMs });
  expect(outages.all).toEqual([]);
});

it('a silence that begins at the end of the credential’s life is put down to the credential', () => {
  const outages = new Outages();
  outages.update({ nowMs: 21_650, silentMs: 1600, credentialEndsMs });
  expect(outages.all).toEqual([{ fromMs: 20_050, cause: 'credential' }]);
});

it('a silence that begins before that has another cause, also once the life is over', () => {
  const outages = new Outages();
  outages.update({ nowMs: 16_600, silentMs: 1600, credentialEndsMs });
  outages.update({ nowMs: 35_000, silentMs: 20_000, credentialEndsMs });
  expect(outages.all).toEqual([{ fromMs: 15_000, cause: 'unknown' }]);
});

it('an answer ends it', () => {
  const outages = new Outages();
  outages.update({ nowMs: 16_600, silentMs: 1600, credentialEndsMs });
  expect(outages.current).toBeDefined();
  outages.update({ nowMs: 18_010, silentMs: 10, credentialEndsMs });
  expect(outages.current).toBeUndefined();
  expect(outages.all).toEqual([{ fromMs: 15_000, toMs: 18_000, cause: 'unknown' }]);
});

it('a page that stands still while the credential dies does not call it valid afterwards', () => {
  const messages = new Messages();
  const outages = new Outages();
  messages.answer(messages.send(18_000), 18_000);
  messages.excuse(4000);
  outages.update({ nowMs: 23_600, silentMs: messages.silentMs(23_600), credentialEndsMs });
  expect(outages.all).toEqual([{ fromMs: 22_000, cause: 'credential' }]);
});

import { expect, it } from 'vitest';
import { lostAfterMs, Messages } from '../../demo/call/messages.js';

const everyMs = 40;

/** Sends messages for this time, and answers each one 10 ms later if it `isAnswered`. */
const talk = (messages: Messages, fromMs: number, toMs: number, isAnswered = (_number: number): boolean => true): void => {
  for (let nowMs = fromMs; nowMs < toMs; nowMs += everyMs) {
    const number = messages.send(nowMs);
    if (isAnswered(number)) messages.answer(number, nowMs + 10);
  }
};

it('every message of a minute is counted', () => {
  const messages = new Messages();
  talk(messages, 0, 60_000, (number) => number % 100 !== 0);
  expect(messages.tally(65_000)).toMatchObject({ sent: 1500, answered: 1485, lost: 15 });
});

it('a message is lost after two seconds without an answer, and stays lost if a late one comes', () => {
  const messages = new Messages();
  const number = messages.send(0);
  expect(messages.tally(1999).lost).toBe(0);
  expect(messages.tally(2001).lost).toBe(1);
  messages.answer(number, 5000);
  expect(messages.tally(5000)).toMatchObject({ answered: 0, lost: 1 });
  expect(messages.silentMs(5000)).toBe(0);
});

it('a call that comes back keeps the count of what was lost while it was dead', () => {
  const messages = new Messages();
  const unheard: number[] = [];
  for (let nowMs = 0; nowMs < 30_000; nowMs += everyMs) unheard.push(messages.send(nowMs));
  for (const number of unheard) messages.answer(number, 30_000);
  const inTime = lostAfterMs / everyMs;
  expect(messages.tally(30_000)).toMatchObject({ sent: 750, answered: inTime, lost: 750 - inTime });
  talk(messages, 30_000, 60_000);
  expect(messages.tally(60_000)).toMatchObject({ sent: 1500, answered: 750 + inTime, lost: 750 - inTime });
});

it('an answer to a message that was never sent is ignored', () => {
  const messages = new Messages();
  messages.send(0);
  for (const number of [1, -1, Number.NaN]) messages.answer(number, 10);
  expect(messages.tally(20)).toMatchObject({ sent: 1, answered: 0 });
});

it('the round trip is the median of the last second', () => {
  const messages = new Messages();
  for (const [sentMs, roundTripMs] of [
    [0, 900],
    [3000, 10],
    [3040, 30],
    [3080, 20],
  ] as const)
    messages.answer(messages.send(sentMs), sentMs + roundTripMs);
  expect(messages.tally(3200).roundTripMs).toBe(20);
  expect(messages.tally(60_000).roundTripMs).toBeUndefined();
});

it('while the page stands still, no message is late and no call is silent', () => {
  const messages = new Messages();
  talk(messages, 0, 1000);
  const number = messages.send(1000);
  messages.excuse(5000);
  expect(messages.silentMs(6100)).toBeLessThan(200);
  messages.answer(number, 6030);
  expect(messages.tally(6100)).toMatchObject({ lost: 0, roundTripMs: undefined });
  expect(messages.all[number]).toMatchObject({ roundTripMs: 30 });
});

it('a call that has sent nothing yet is not silent', () => {
  expect(new Messages().silentMs(60_000)).toBe(0);
});

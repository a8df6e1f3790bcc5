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

it('every message of an hour is counted, and those of the last minute are kept', () => {
  const messages = new Messages();
  const hourMs = 3_600_000;
  talk(messages, 0, hourMs, (number) => number % 100 !== 0);
  expect(messages.tally(hourMs + 5000)).toMatchObject({ sent: 90_000, answered: 89_100, lost: 900 });
  expect(messages.recent.length).toBeLessThanOrEqual(60_000 / everyMs + 1);
});

it('a message is lost after two seconds without an answer, and stays lost if a late one comes', () => {
  const messages = new Messages();
  const number = messages.send(0);
  expect(messages.tally(1999).lost).toBe(0);
  expect(messages.tally(2001).lost).toBe(1);
  messages.answer(number, 5000);
  expect(messages.tally(5000)).toMatchObject({ answered: 0, lost: 1, silentMs: 0 });
});

it('a call that comes back keeps the count of what was lost while it was dead', () => {
  const messages = new Messages();
  const unheard: number[] = [];
  for (let nowMs = 0; nowMs < 90_000; nowMs += everyMs) unheard.push(messages.send(nowMs));
  for (const number of unheard) messages.answer(number, 90_000);
  const inTime = lostAfterMs / everyMs;
  expect(messages.tally(90_000)).toMatchObject({ sent: 2250, answered: inTime, lost: 2250 - inTime, silentMs: 0 });
  talk(messages, 90_000, 180_000);
  expect(messages.tally(180_000)).toMatchObject({ sent: 4500, answered: 2250 + inTime, lost: 2250 - inTime });
});

it('an answer to a message that was never sent is ignored', () => {
  const messages = new Messages();
  messages.send(0);
  for (const number of [1, -1, Number.NaN]) messages.answer(number, 10);
  expect(messages.tally(20)).toMatchObject({ sent: 1, answered: 0 });
});

it('the round trip is the median of the last answers, and the silence starts at the last one', () => {
  const messages = new Messages();
  for (const [sentMs, roundTripMs] of [
    [0, 900],
    [3000, 10],
    [3040, 30],
    [3080, 20],
  ] as const)
    messages.answer(messages.send(sentMs), sentMs + roundTripMs);
  expect(messages.tally(3200)).toMatchObject({ roundTripMs: 20, silentMs: 100 });
  expect(messages.tally(60_000).roundTripMs).toBeUndefined();
});

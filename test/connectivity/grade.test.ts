import { describe, expect, it } from 'vitest';
import { describeQuality, gradeOf, type Measured } from '../../src/connectivity/grade.js';

/** A measurement that is perfect but for what is given. */
const measured = ({ loss = 0, delay = 20, jitter = 1 }: { loss?: number; delay?: number; jitter?: number }): Measured => ({
  rtt: { min: delay, median: delay, p95: delay },
  jitter,
  loss,
});

describe('the grade of a call', () => {
  it.each([
    [{}, 'good'],
    [{ loss: 0.01 }, 'good'],
    [{ loss: 0.011 }, 'fair'],
    [{ loss: 0.05 }, 'fair'],
    [{ loss: 0.051 }, 'poor'],
    [{ delay: 150 }, 'good'],
    [{ delay: 150.1 }, 'fair'],
    [{ delay: 400 }, 'fair'],
    [{ delay: 400.1 }, 'poor'],
    [{ jitter: 30 }, 'good'],
    [{ jitter: 30.1 }, 'fair'],
    [{ jitter: 40 }, 'fair'],
    [{ jitter: 40.1 }, 'poor'],
    [{ loss: 0.02, delay: 500 }, 'poor'],
    [{ loss: 0.02, jitter: 35 }, 'fair'],
  ] as const)('with %o is %s', (given, grade) => {
    expect(gradeOf(measured(given))).toBe(grade);
  });

  it('can be told without a jitter', () => {
    expect(gradeOf({ rtt: { min: 1, median: 1, p95: 900 }, loss: 0 })).toBe('good');
  });
});

describe('the sentence about the quality', () => {
  it.each([
    [{ loss: 0.35 }, 'Call quality is poor, with 35% of the packets lost.'],
    [{ loss: 0.0133 }, 'Call quality is fair, with 1.3% of the packets lost.'],
    [{ delay: 210.4 }, 'Call quality is fair, with a delay of 210 ms.'],
    [{ jitter: 44 }, 'Call quality is poor, with a jitter of 44 ms.'],
    [{ loss: 0.02, delay: 420 }, 'Call quality is poor, with 2% of the packets lost and a delay of 420 ms.'],
    [{ loss: 0.02, delay: 200, jitter: 31 }, 'Call quality is fair, with 2% of the packets lost, a delay of 200 ms and a jitter of 31 ms.'],
  ])('for %o names the grade and each reason', (given, sentence) => {
    expect(describeQuality(measured(given))).toBe(sentence);
  });

  it('also tells a loss that is small enough to be good', () => {
    expect(describeQuality(measured({ loss: 0.004 }))).toBe('Call quality is good, with 0.4% of the packets lost.');
  });

  it('is not there if all is good', () => {
    expect(describeQuality(measured({}))).toBeUndefined();
  });
});

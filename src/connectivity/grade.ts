import { listOf } from './list-of.js';
import { rounded } from './quality.js';
import type { QualityGrade, RelayQuality } from './types.js';

/** What is graded. A short test has no jitter, because about twenty packets are too few for it. */
export type Measured = Pick<RelayQuality, 'rtt' | 'loss'> & Partial<Pick<RelayQuality, 'jitter'>>;

interface Measure {
  readonly valueOf: (measured: Measured) => number;
  /** The largest value that is `good`. */
  readonly good: number;
  /** The largest value that is `fair`. */
  readonly fair: number;
  /** Returns words that follow "with". */
  readonly describe: (value: number) => string;
}

/** The limits between good, fair and poor. */
const measures: readonly Measure[] = [
  {
    // Good: https://www.twilio.com/docs/voice/insights/voice-insights-frequently-asked-questions (a warning above 1 %, from ITU-T standards)
    // Fair: https://www.twilio.com/docs/voice/insights/api/voice-insights-call-tags (`high_packet_loss` above 5 %)
    valueOf: ({ loss }) => loss,
    good: 0.01,
    fair: 0.05,
    describe: (loss) => `${rounded(loss * 100)}% of the packets lost`,
  },
  {
    // ITU-T G.114, one way from person to person: https://www.itu.int/rec/T-REC-G.114
    // The path to the server and back is as long as the path to a person who is equally far from the server.
    valueOf: ({ rtt }) => rtt.median,
    good: 150,
    fair: 400,
    describe: (delayMs) => `a delay of ${Math.round(delayMs)} ms`,
  },
  {
    // Good: https://www.twilio.com/docs/voice/insights/voice-insights-frequently-asked-questions (a warning above 30 ms)
    // Fair: https://docs.8x8.com/8x8WebHelp/8x8-network-utility/2-3/terms.htm ("severe voice quality issues" above 40 ms)
    valueOf: ({ jitter = 0 }) => jitter,
    good: 30,
    fair: 40,
    describe: (jitterMs) => `a jitter of ${Math.round(jitterMs)} ms`,
  },
];

/** Returns the worst of the grades. */
export function gradeOf(measured: Measured): QualityGrade {
  const grades = new Set(measures.map((measure) => gradeBy(measure, measured)));
  if (grades.has('poor')) return 'poor';
  return grades.has('fair') ? 'fair' : 'good';
}

/** Returns a sentence that names the grade and its reasons, or `undefined` if the grade is good and nothing was lost. */
export function describeQuality(measured: Measured): string | undefined {
  const reasons = measures.filter((measure) => gradeBy(measure, measured) !== 'good').map((measure) => reasonFor(measure, measured));
  // Even a small loss is mentioned, so that the summary does not say that all is well.
  if (reasons.length === 0 && measured.loss > 0) reasons.push(reasonFor(measures[0]!, measured));
  return reasons.length > 0 ? `Call quality is ${gradeOf(measured)}, with ${listOf(reasons)}.` : undefined;
}

function gradeBy({ valueOf, good, fair }: Measure, measured: Measured): QualityGrade {
  const value = valueOf(measured);
  if (value <= good) return 'good';
  return value <= fair ? 'fair' : 'poor';
}

function reasonFor({ valueOf, describe }: Measure, measured: Measured): string {
  return describe(valueOf(measured));
}

import type { CallQuality, QualityGrade } from '../../src/connectivity.js';

/** The largest values that are good and fair, as docs/connectivity.md says. */
const limits = { loss: [0.01, 0.05], delay: [150, 400], jitter: [30, 40] } as const;

/** What the documentation says of one measure by itself. */
export function gradeBy(measure: keyof typeof limits, value: number): QualityGrade {
  const [good, fair] = limits[measure];
  if (value <= good) return 'good';
  return value <= fair ? 'fair' : 'poor';
}

/** The worst of the three, as the documentation says. On a busy machine, delay and jitter are real. */
export function documentedGrade({ loss, rtt, jitter }: CallQuality): QualityGrade {
  const grades = new Set([gradeBy('loss', loss), gradeBy('delay', rtt.median), gradeBy('jitter', jitter)]);
  return (['poor', 'fair'] as const).find((grade) => grades.has(grade)) ?? 'good';
}

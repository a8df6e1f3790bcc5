import { gradeOf } from './grade.js';
import type { UrlDeadline } from './ice-probe.js';
import { arrivedTimes, summarize } from './quality.js';
import type { PacketTimes, TrafficPlan } from './relay-traffic.js';
import type { Target } from './targets.js';
import { TestConnections } from './test-connections.js';
import type { CallQuality } from './types.js';

/** A voice call with Opus sends a packet every 20 ms (RFC 7587, section 4.2), of about 100 bytes at 32 kbit/s. */
const paceMs = 20;
const packetBytes = 100;

/** Returns the plan for a voice call of some seconds. Packets go only one way, from the near end to the far end, like a voice. */
export function callPlan(seconds: number): TrafficPlan {
  return { packetCount: Math.round((seconds * 1000) / paceMs), paceMs, packetBytes, isEchoed: false };
}

/** Measures the quality of a call through one TURN URL. Returns `undefined` if that fails or is aborted, and never rejects. */
export async function measureCallQuality(target: Target, deadline: UrlDeadline, plan: TrafficPlan): Promise<CallQuality | undefined> {
  const connections = new TestConnections(target, deadline);
  try {
    if ((await connections.gather()) !== 'ok') return undefined;
    const outcome = await connections.sendThroughRelay(plan);
    return typeof outcome === 'object' ? qualityOfCall(target.url, outcome) : undefined;
  } catch {
    return undefined;
  } finally {
    connections.close();
  }
}

function qualityOfCall(url: string, timesMs: PacketTimes): CallQuality {
  const measured = summarize(arrivedTimes(timesMs), timesMs.length);
  return { url, ...measured, packets: timesMs.length, grade: gradeOf(measured) };
}

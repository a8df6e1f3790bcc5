import { usageError } from '../errors/usage-error.js';
import { isFunction, signalCheck, type OptionCheck, type OptionChecks } from '../options/validate.js';

const smallestNumber = 1;
/** This is eleven days in milliseconds. A timer for more than 2³¹−1 ms would fire at once. */
const largestNumber = 1e9;
const mostSeconds = 3600;

const numberCheck: OptionCheck = {
  expected: 'a number from 1 to 1e9',
  accepts: (value) => typeof value === 'number' && value >= smallestNumber && value <= largestNumber,
};
const booleanCheck: OptionCheck = { expected: 'true or false', accepts: isBoolean };
const qualityCheck: OptionCheck = {
  expected: 'true, false or a number of seconds from 1 to 3600',
  accepts: (value) => isBoolean(value) || (numberCheck.accepts(value) && Number(value) <= mostSeconds),
};
const listenerCheck: OptionCheck = { expected: 'a function', accepts: isFunction };

/** The options of `testConnectivity`. */
export const connectivityChecks: OptionChecks = {
  timeout: numberCheck,
  concurrency: numberCheck,
  relay: booleanCheck,
  quality: qualityCheck,
  signal: signalCheck,
  onResult: listenerCheck,
  onProgress: listenerCheck,
};

/** The settings of `compareRegions`. */
export const comparisonChecks: OptionChecks = {
  regions: { expected: 'a list of region names', accepts: Array.isArray },
  samples: numberCheck,
  signal: signalCheck,
  onResult: listenerCheck,
};

/** @throws `TypeError` in a worker, in Node, and in a browser without WebRTC */
export function requireWebRtc(): void {
  // If it is blocked, the test of each URL finds that out.
  if (hasWebRtc() === false) throw usageError('WebRTC is not available here: run this in a web page');
}

/** Returns whether the browser has WebRTC, or `undefined` if a content blocker throws as soon as the name is read. */
export function hasWebRtc(): boolean | undefined {
  try {
    return isFunction(globalThis.RTCPeerConnection);
  } catch {
    return undefined;
  }
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

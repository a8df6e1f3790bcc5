import { usageError } from '../errors/usage-error.js';
import { isFunction, signalCheck, type OptionCheck, type OptionChecks } from '../options/validate.js';

const smallestNumber = 1;
/** Eleven days in milliseconds: a timer for more than 2³¹−1 ms would fire at once. */
const largestNumber = 1e9;

const numberCheck: OptionCheck = {
  expected: 'a number, 1 to 1e9',
  accepts: (value) => typeof value === 'number' && value >= smallestNumber && value <= largestNumber,
};
const booleanCheck: OptionCheck = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' };
const listenerCheck: OptionCheck = { expected: 'a function', accepts: isFunction };

/** The options of `testConnectivity`. */
export const connectivityChecks: OptionChecks = {
  timeout: numberCheck,
  concurrency: numberCheck,
  relay: booleanCheck,
  signal: signalCheck,
  onResult: listenerCheck,
};

/** The settings of `compareRegions`. */
export const comparisonChecks: OptionChecks = {
  regions: { expected: 'a list of names', accepts: Array.isArray },
  samples: numberCheck,
  signal: signalCheck,
  onResult: listenerCheck,
};

/** @throws `TypeError` in a worker, in Node, and in a browser without WebRTC */
export function requireWebRtc(): void {
  if (typeof RTCPeerConnection !== 'function') throw usageError('there is no WebRTC here');
}

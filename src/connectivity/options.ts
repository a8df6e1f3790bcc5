type Check = readonly [wanted: string, passes: (value: never) => unknown];

const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) > 0;
const isFunction = (value: unknown): boolean => typeof value === 'function';

const both = {
  signal: ['an AbortSignal', (value: AbortSignal) => isFunction(value.addEventListener)],
  onResult: ['a function', isFunction],
} satisfies Record<string, Check>;

export const testChecks: Record<string, Check> = {
  timeout: ['milliseconds above 0', (value) => typeof value === 'number' && value > 0],
  concurrency: ['a whole number above 0', isCount],
  relay: ['true or false', (value) => typeof value === 'boolean'],
  ...both,
};

export const compareChecks: Record<string, Check> = {
  regions: ['a list of names', Array.isArray],
  samples: ['a whole number above 0', isCount],
  ...both,
};

const wrong = (sentence: string): TypeError => new TypeError(`ice-servers-loader: ${sentence}.`);

/** Throws a TypeError that names what is missing or wrong, and the cure. */
export const check = (options: object, checks: Record<string, Check>): void => {
  for (const [name, value] of Object.entries(options)) {
    const found = Object.hasOwn(checks, name) && checks[name];
    if (!found) throw wrong(`unknown option ${name}; there are ${Object.keys(checks).join(', ')}`);
    if (value !== undefined && (value === null || !found[1](value as never)))
      throw wrong(`${name} must be ${found[0]}, not ${typeof value}`);
  }
  if (typeof RTCPeerConnection !== 'function') throw wrong('this browser or context has no WebRTC (no RTCPeerConnection)');
};

/** Tells a listener; what it throws is the page's own, as with any event, and stops nothing here. */
export const tell = <T>(listener: ((value: T) => void) | undefined, value: T): void => {
  try {
    listener?.(value);
  } catch (error) {
    reportError(error);
  }
};

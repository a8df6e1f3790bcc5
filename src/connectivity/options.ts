type Check = readonly [wanted: string, passes: (value: never) => unknown];

const count: Check = ['a number, 1 or more', (value) => typeof value === 'number' && value >= 1];
const both = {
  signal: ['an AbortSignal', (value) => 'aborted' in Object(value)],
  onResult: ['a function', (value) => typeof value === 'function'],
} satisfies Record<string, Check>;

export const testChecks: Record<string, Check> = {
  timeout: count,
  concurrency: count,
  relay: ['true or false', (value) => typeof value === 'boolean'],
  ...both,
};

export const compareChecks: Record<string, Check> = { regions: ['a list of names', Array.isArray], samples: count, ...both };

const wrong = (sentence: string): TypeError => new TypeError(`ice-servers-loader: ${sentence}.`);

/** Throws a TypeError that names what is missing or wrong, and the cure. */
export const check = (options: object, checks: Record<string, Check>): void => {
  for (const [name, value] of Object.entries(options)) {
    const found = checks[name];
    if (!found) throw wrong(`there is no option ${name}, only ${Object.keys(checks).join(', ')}`);
    const [wanted, passes] = found;
    if (value !== undefined && !passes(value as never)) throw wrong(`${name} must be ${wanted}`);
  }
  if (typeof RTCPeerConnection !== 'function') throw wrong('this browser or context has no WebRTC');
};

/** Tells a listener. What it throws is the page's own, as with any event, and stops nothing here. */
export const tell = <T>(listener: ((value: T) => void) | undefined, value: T): void => queueMicrotask(() => listener?.(value));

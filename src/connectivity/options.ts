type Check = readonly [wanted: string, passes: (value: never) => unknown];

// The most is eleven days: a timer beyond 2³¹−1 ms fires at once.
const count: Check = ['a number, 1 to 1e9', (value) => typeof value === 'number' && value >= 1 && value <= 1e9];

const checks: Record<string, Check> = {
  timeout: count,
  concurrency: count,
  relay: ['true or false', (value) => typeof value === 'boolean'],
  regions: ['a list of names', Array.isArray],
  samples: count,
  signal: ['an AbortSignal', (value: AbortSignal | null) => value?.throwIfAborted],
  onResult: ['a function', (value) => typeof value === 'function'],
};

/** The error for a wrong use; it repeats no value, for that may be a secret. */
export const wrong = (sentence: string): TypeError => new TypeError(`ice-servers-loader: ${sentence}.`);

/** Throws a TypeError where an option is none of `names`, which a comma and a space divide, or has a wrong value, or where there is no WebRTC. */
export const check = (options: object, names: string): void => {
  if (Object(options) !== options) throw wrong(`options must be an object; there are ${names}`);
  for (const [name, value] of Object.entries(options)) {
    // A name that is no plain word is not repeated: it may be a key in the wrong place.
    if (!names.split(', ').includes(name))
      throw wrong(`unknown option${/^[a-z]{1,24}$/i.test(name) ? ` ${name}` : ''}; there are ${names}`);
    const [wanted, passes] = checks[name]!;
    if (value !== undefined && !passes(value as never)) throw wrong(`${name} must be ${wanted}`);
  }
  if (typeof RTCPeerConnection !== 'function') throw wrong('there is no WebRTC here');
};

/** Tells a listener. What it throws is the page's own, as with any event, and stops nothing here. */
export const tell = <T>(listener: ((value: T) => void) | undefined, value: T): void => queueMicrotask(() => listener?.(value));

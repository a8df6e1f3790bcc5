import type { ServerResult, ServerStatus } from './types.js';

const allow = 'Ask the network’s owner to allow it, or try another network.';

const sentences: Readonly<Record<ServerStatus, string>> = {
  ok: 'This works: there is nothing to do.',
  unauthorized: 'The server rejected the username or password; they may have expired. Load the servers again, then check the API key.',
  quota: 'Too many connections are open with this credential. Close other calls, tabs and tests, then try again.',
  capacity: 'The server is full. Try again later, or use another region.',
  refused: 'The server answers, but does not relay. Tell its provider.',
  dns: 'The server’s name was not found. Check its spelling, the connection and the DNS.',
  unreachable: `The port is closed or blocked. ${allow}`,
  timeout: `No answer. If this network has a login page, log in there; else the port is probably blocked. ${allow}`,
  'no-candidate': 'The browser did not even try, and does not say why. Try another browser.',
  invalid: 'The browser rejects this address, or its username and password. Correct them.',
  aborted: 'The test was stopped before the answer. Run it again.',
  error: 'The browser could not run this test. Reload the page and try again.',
};

/** Where the transport tells more than the status alone. */
const special: Readonly<Record<string, string>> = {
  'tls unreachable': `The port is closed or blocked, or the network inspects TLS, or the certificate is bad. ${allow}`,
  'udp timeout': `No answer: UDP to this port is probably blocked. ${allow}`,
  'udp no-candidate': 'This browser blocks UDP for calls, by an extension or a policy. Turn that off, or ask who manages this device.',
  // Measured: Firefox then ends with no candidate and no error.
  'tls no-candidate': 'The browser did not even try. Firefox needs a host name here, not an IP address.',
};

/** One or two sentences for a person who runs no servers: what it means, and what to do. */
export const adviceFor = ({ transport, status }: Pick<ServerResult, 'transport' | 'status'>): string =>
  special[`${transport} ${status}`] ?? sentences[status];

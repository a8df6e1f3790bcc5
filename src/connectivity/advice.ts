import type { ServerStatus, ServerTransport } from './types.js';

const blocks = "this network blocks it: ask the network's owner to allow it.";

type Case = `${ServerTransport} ${ServerStatus}`;

const sentences: Readonly<Record<ServerStatus, string> & Partial<Record<Case, string>>> = {
  ok: 'It works: nothing to do.',
  unauthorized: 'The username or password is wrong or expired: get new ones.',
  quota: 'Too many calls use this password: close others.',
  capacity: 'The server is full: try later, or another region.',
  refused: 'The server answers but does not relay: tell its provider.',
  dns: 'No server has this name: check the spelling, and whether you are online.',
  unreachable: `The server is off, or ${blocks}`,
  timeout: `The server is off, you have to log in to this network, or ${blocks}`,
  // Measured: Firefox ends so for `turns:` with an IP address.
  'no-candidate': 'The browser did not try: use another one, or a host name for an IP address.',
  invalid: 'The browser rejects the address, username or password: correct it.',
  aborted: 'Stopped: run the test again.',
  error: 'Not tested: reload the page.',
  // Where the transport tells more than the status alone.
  'tls unreachable': `The server is off, its certificate is bad, or ${blocks}`,
  'udp no-candidate': 'The browser, an extension or a policy blocks UDP: turn that off.',
};

/** A sentence for a person who runs no servers: what it means, and what to do. */
export const adviceFor = (transport: ServerTransport, status: ServerStatus): string =>
  sentences[`${transport} ${status}`] ?? sentences[status];

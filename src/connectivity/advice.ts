import type { ServerStatus, ServerTransport } from './types.js';

const blocks = "this network blocks it: ask the network's owner to allow it.";

type Case = `${ServerTransport} ${ServerStatus}`;

/** A transport and a status together take precedence over the status alone. */
const sentences: Readonly<Record<ServerStatus, string> & Partial<Record<Case, string>>> = {
  ok: 'It works: there is nothing to do.',
  unauthorized: 'The username or password is wrong or has expired: get new ones.',
  quota: 'Too many calls use this password at the same time: close other calls and tests.',
  capacity: 'The server is full: try again later, or use another region.',
  refused: 'The server answers, but it does not relay: tell its provider.',
  dns: 'No server with this name was found: check the spelling, and whether you are online.',
  unreachable: `The server is off, or ${blocks}`,
  timeout: `There was no answer. You have to log in to this network, the server is off, or ${blocks}`,
  // Firefox ends like this for a `turns:` URL with an IP address (measured).
  'no-candidate': 'The browser did not try this server: use another one, or its name if this is an IP address.',
  invalid: 'The browser rejects the address, the username or the password: correct it.',
  aborted: 'The test was stopped before this was known: run it again.',
  error: 'The browser could not test this: turn off what blocks WebRTC, such as an extension, and reload the page.',
  'tls unreachable': `The server is off, its certificate is not valid, or ${blocks}`,
  'udp no-candidate': 'The browser, an extension or a policy blocks UDP: turn that off.',
};

/** Returns one sentence for a person who runs no servers: what the status means, and what to do. */
export function adviceFor(transport: ServerTransport, status: ServerStatus): string {
  return sentences[`${transport} ${status}`] ?? sentences[status];
}

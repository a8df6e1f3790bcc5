import type { ServerStatus, ServerTransport } from './types.js';

const blocks = "this network blocks it: ask the network's owner to allow it.";

type Case = `${ServerTransport} ${ServerStatus}`;

/** A sentence for a transport and a status takes precedence over one for only the status. */
const sentences: Readonly<Record<ServerStatus, string> & Partial<Record<Case, string>>> = {
  ok: 'This server works: there is nothing to do.',
  unauthorized: 'The username or password is wrong or has expired: get new ones.',
  quota: 'Too many calls are using this password at the same time: close other calls and tests.',
  capacity: 'The server is full: try again later, or use another region.',
  refused: 'The server answers, but it does not relay data: tell its provider.',
  dns: 'No server with this name was found: check the spelling, and whether you are online.',
  unreachable: `The server is down, or ${blocks}`,
  timeout: `The server did not answer. You may have to log in to this network, the server may be down, or ${blocks}`,
  // This is the result in Firefox for a `turns:` URL with an IP address (measured).
  'no-candidate': 'The browser did not try this server: use another one, or its host name if this is an IP address.',
  invalid: 'The browser rejects the address, the username or the password: correct it.',
  aborted: 'The test was stopped before it got a result: run it again.',
  error: 'The browser could not test this: turn off what blocks WebRTC, such as an extension, and reload the page.',
  'tls unreachable': `The server is down, its certificate is not valid, or ${blocks}`,
  'udp no-candidate': 'The browser, an extension or a policy blocks UDP: turn that setting off.',
};

/** Returns what the status means and what to do, in words for a person who does not run servers. */
export function adviceFor(transport: ServerTransport, status: ServerStatus): string {
  return sentences[`${transport} ${status}`] ?? sentences[status];
}

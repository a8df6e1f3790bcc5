import type { ServerStatus, ServerTransport } from './types.js';

const blocks = "this network blocks it: ask the network's owner to allow it.";

type Case = `${ServerTransport} ${ServerStatus}`;

/** A sentence for a transport and a status takes precedence over one for only the status. */
const sentences: Readonly<Record<ServerStatus, string> & Partial<Record<Case, string>>> = {
  ok: 'It works: there is nothing to do.',
  unauthorized: 'The username or password is wrong or expired: get new ones.',
  quota: 'Too many calls use this password: end some of them.',
  capacity: 'The server is full: try later, or use another region.',
  refused: 'The server answers, but does not relay: tell its provider.',
  dns: 'No server has this name: check the spelling, and whether you are online.',
  unreachable: `The server is down, or ${blocks}`,
  timeout: `The server is down, you must log in to this network, or ${blocks}`,
  // This is the result in Firefox for a `turns:` URL with an IP address (measured).
  'no-candidate': 'The browser did not try it: use another browser, or a host name instead of an IP address.',
  invalid: 'The browser rejects the address, username or password: correct it.',
  aborted: 'The test was stopped: run it again.',
  error: 'Not tested: turn off whatever blocks WebRTC, and reload the page.',
  'tls unreachable': `The server is down, its certificate is bad, or ${blocks}`,
  'udp no-candidate': 'The browser, an extension or a policy blocks UDP: remove that block.',
};

/** Returns what the status means and what to do, in words for a person who does not run servers. */
export function adviceFor(transport: ServerTransport, status: ServerStatus): string {
  return sentences[`${transport} ${status}`] ?? sentences[status];
}

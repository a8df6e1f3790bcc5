/** Some of the ports that Fetch blocks, which make Firefox's constructor throw. */
const somePortsFirefoxBlocks = new Set([0, 1, 22, 25, 80 - 3, 2049, 3659, 5060, 5061, 6000, 6667, 10080]);

const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');

const urlProblem = (url: unknown): string | undefined => {
  if (typeof url !== 'string') return 'is no text';
  const colon = url.indexOf(':');
  const scheme = url.slice(0, colon);
  if (!['stun', 'turn', 'turns'].includes(scheme)) return 'has no scheme that Firefox takes';
  const [target = '', ...queries] = url.slice(colon + 1).split('?');
  if (queries.length > 1) return 'has two queries';
  if (queries.length && scheme === 'stun') return 'is a stun: URL with a query';
  if (queries.length && queries[0] !== 'transport=udp' && queries[0] !== 'transport=tcp') return 'has a query that is no transport';
  if (/[\s/#@\\%<>^|"`{}]/.test(target) || !/^[\x21-\x7e]+$/.test(target)) return 'has a character that no host has';
  const isBracketed = target.startsWith('[');
  const end = isBracketed ? target.indexOf(']') + 1 : target.indexOf(':') < 0 ? target.length : target.indexOf(':');
  const host = target.slice(0, end);
  const rest = target.slice(end);
  if (!host || (isBracketed && !host.slice(1, -1).includes(':'))) return 'has no host';
  if (rest === '') return undefined;
  const port = Number(rest.slice(1));
  if (rest[0] !== ':' || !/^\d+$/.test(rest.slice(1)) || port > 65_535) return 'has a port that is none';
  return somePortsFirefoxBlocks.has(port) ? 'has a port that Firefox blocks' : undefined;
};

const serverProblem = (server: unknown): string | undefined => {
  if (typeof server !== 'object' || !server) return 'is no object';
  const { urls, username, credential } = server as Record<string, unknown>;
  const all = Array.isArray(urls) ? (urls as unknown[]) : [urls];
  if (!all.length) return 'has no URL';
  for (const url of all) {
    const problem = urlProblem(url);
    if (problem) return problem;
    if (String(url).startsWith('stun:')) continue;
    for (const secret of [username, credential]) {
      if (typeof secret !== 'string' || !secret) return 'is a TURN server without a pair';
      if (bytesOf(secret) > 509) return 'has a secret that is too long';
    }
  }
  return undefined;
};

/**
 * Why `new RTCPeerConnection(configuration)` would throw in Chromium or in Firefox, or `undefined`.
 * Written from what was measured on both, not from src/, so that it can judge src/.
 */
export const whyConstructorThrows = (configuration: RTCConfiguration): string | undefined => {
  const { iceServers } = configuration as { iceServers?: unknown };
  if (!Array.isArray(iceServers)) return 'iceServers is no list';
  const problems = iceServers.map(serverProblem);
  const index = problems.findIndex(Boolean);
  return index < 0 ? undefined : `server ${index} ${problems[index]}`;
};

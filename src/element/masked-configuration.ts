const mask = '••••••';

/** Returns a configuration as JSON for a person. Usernames and credentials are masked, and nothing else of a secret is in it. */
export function maskedConfiguration(servers: readonly RTCIceServer[]): string {
  if (servers.length === 0) return '';
  const iceServers = servers.map(({ urls, username }) => (username === undefined ? { urls } : { urls, username: mask, credential: mask }));
  return JSON.stringify({ iceServers }, null, 2);
}

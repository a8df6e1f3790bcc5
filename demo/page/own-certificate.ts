import { testConnectivity } from 'ice-servers-loader/connectivity';

const mostMs = 2000;

/** Tells whether this browser accepts the certificate of a `turns:` URL: the pair is none, and its 401 comes through TLS or not at all. */
export async function acceptsCertificate(url: string): Promise<boolean> {
  const iceServers = [{ urls: url, username: 'nobody', credential: 'none' }];
  const { results } = await testConnectivity({ iceServers }, { relay: false, timeout: mostMs });
  return results[0]?.status !== 'unreachable';
}

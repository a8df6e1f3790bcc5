import { testConnectivity } from 'ice-servers-loader/connectivity';

const mostMs = 2000;

/** Returns whether this browser accepts the certificate of a `turns:` URL. The credential is invalid, and its 401 arrives only through TLS. */
export async function acceptsCertificate(url: string): Promise<boolean> {
  const iceServers = [{ urls: url, username: 'nobody', credential: 'none' }];
  const { results } = await testConnectivity({ iceServers }, { relay: false, timeout: mostMs });
  return results[0]?.status !== 'unreachable';
}

import { testConnectivity } from 'ice-servers-loader/connectivity';

/** Whether this browser takes the certificate of a `turns:` URL: the pair is none, and its 401 comes through TLS or not at all. */
export async function takesCertificate(url: string): Promise<boolean> {
  const { results } = await testConnectivity({ iceServers: [{ urls: url, username: 'nobody', credential: 'none' }] }, { relay: false });
  return results[0]?.status !== 'unreachable';
}

/** The servers without the URLs that need TLS. */
export function withoutTls(servers: readonly RTCIceServer[]): RTCIceServer[] {
  return servers
    .map((server) => ({ ...server, urls: [server.urls].flat().filter((url) => !url.startsWith('turns:')) }))
    .filter(({ urls }) => urls.length);
}

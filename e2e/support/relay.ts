import type { Page } from '@playwright/test';

export interface Relayed {
  readonly echo: string;
  readonly local: string;
  readonly remote: string;
  readonly relayProtocol: string;
}

/**
 * Sends data between two connections of a page that may only meet at the TURN server, with the servers the page's loader gives,
 * and tells what the selected pair is. Rejects where no connection comes up within `patienceMs`.
 */
export const relayIn = (page: Page, options: { endpoint: string; apiKey: string }, url: RegExp, patienceMs: number): Promise<Relayed> =>
  page.evaluate(
    async ({ given, pattern, limitMs }) => {
      const loader = window.api.createIceServersLoader({ ...given, rtcConfiguration: { iceTransportPolicy: 'relay' } });
      const configuration = await loader.load();
      configuration.iceServers = configuration.iceServers.filter(({ urls }) => new RegExp(pattern).test(String(urls)));
      const [near, far] = [new RTCPeerConnection(configuration), new RTCPeerConnection(configuration)];
      try {
        near.onicecandidate = ({ candidate }) => candidate?.candidate && void far.addIceCandidate(candidate);
        far.onicecandidate = ({ candidate }) => candidate?.candidate && void near.addIceCandidate(candidate);
        far.ondatachannel = ({ channel }) => (channel.onmessage = ({ data }) => channel.send(`${data} back`));
        const channel = near.createDataChannel('relayed');
        const echoed = new Promise<string>((resolve, reject) => {
          channel.onopen = () => channel.send('there and');
          channel.onmessage = ({ data }) => resolve(String(data));
          setTimeout(() => reject(new Error('no relayed connection')), limitMs);
        });
        await near.setLocalDescription();
        await far.setRemoteDescription(near.localDescription!);
        await far.setLocalDescription();
        await near.setRemoteDescription(far.localDescription!);
        const echo = await echoed;
        const stats = [...((await near.getStats()) as unknown as Map<string, Record<string, string>>).values()];
        const chosen = stats.find(({ type }) => type === 'transport')?.selectedCandidatePairId;
        const pair = stats.find((one) => one.id === chosen || (one.selected as unknown) === true)!;
        const [local, remote] = [pair.localCandidateId, pair.remoteCandidateId].map((id) => stats.find((one) => one.id === id)!);
        return { echo, local: local!.candidateType!, remote: remote!.candidateType!, relayProtocol: local!.relayProtocol! };
      } finally {
        near.close();
        far.close();
      }
    },
    { given: options, pattern: url.source, limitMs: patienceMs },
  );

import type { Page } from '@playwright/test';

export interface ConnectivityTimes {
  /** One RTCPeerConnection that knows every URL, until it has gathered all of them. */
  readonly gatheringMs: number;
  /** `testConnectivity` without data through the relays: the same proof. */
  readonly allocatedMs: number;
  /** `testConnectivity` as it is by default, 20 echoes through each relay included. */
  readonly relayedMs: number;
}

/** Times the module against a plain connection, in a page of `openConnectivity`. For benchmarks: no test may depend on a time. */
export const connectivityTimes = (page: Page, iceServers: RTCIceServer[]): Promise<ConnectivityTimes> =>
  page.evaluate(async (servers) => {
    const timed = async (work: () => Promise<unknown>): Promise<number> => {
      const startedMs = performance.now();
      await work();
      return performance.now() - startedMs;
    };
    const gather = async (): Promise<void> => {
      const connection = new RTCPeerConnection({ iceServers: servers });
      connection.createDataChannel('');
      const done = new Promise<void>((resolve) => {
        connection.onicegatheringstatechange = () => connection.iceGatheringState === 'complete' && resolve();
      });
      await connection.setLocalDescription();
      await done;
      connection.close();
    };
    const { testConnectivity } = window.connectivity;
    return {
      gatheringMs: await timed(gather),
      allocatedMs: await timed(() => testConnectivity({ iceServers: servers }, { relay: false })),
      relayedMs: await timed(() => testConnectivity({ iceServers: servers })),
    };
  }, iceServers);

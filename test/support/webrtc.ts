import { vi } from 'vitest';

/** What is at one URL. Every time is in milliseconds. */
export interface FakeServer {
  /** When the first proof comes: the reflexive candidate of STUN, the relay candidate of TURN. None comes where it is missing. */
  readonly answersAfter?: number;
  /** From then on data can go through the relay; `false` is a server that forbids it. */
  readonly opensAfter?: number | false;
  /** From the near end through both relays and back. */
  readonly echoTakes?: number;
  /** Which echoes never come back. */
  readonly loses?: (index: number) => boolean;
  /** The browser says that it has reached nobody. */
  readonly isClosed?: boolean;
}

/** As much of a browser's WebRTC as the connectivity module sees, with a server for each URL; where there is none, nothing answers. */
export const stubWebRtc = (serverAt: (url: string) => FakeServer | undefined) => {
  /** The URL of each connection, as they are made. */
  const made: string[] = [];
  let open = 0;

  class Channel {
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: string }) => void) | null = null;
    send: (data: string) => void = () => {};
  }

  class Connection extends EventTarget {
    readonly url: string;
    readonly server: FakeServer;
    readonly description: object = { of: this };
    channel: Channel | undefined;
    localDescription: object | undefined;
    iceGatheringState = 'new';
    connectionState = 'new';
    onicegatheringstatechange: (() => void) | null = null;
    onicecandidate: ((event: { candidate: { candidate: string } | null }) => void) | null = null;
    onicecandidateerror: ((event: { errorCode: number }) => void) | null = null;
    onconnectionstatechange: (() => void) | null = null;
    ondatachannel: ((event: { channel: Channel }) => void) | null = null;

    constructor({ iceServers }: RTCConfiguration) {
      super();
      this.url = String(iceServers![0]!.urls);
      this.server = serverAt(this.url) ?? {};
      made.push(this.url);
      open += 1;
    }

    createDataChannel(): Channel {
      return (this.channel = new Channel());
    }

    async setLocalDescription(): Promise<void> {
      this.localDescription = this.description;
      const { answersAfter, isClosed } = this.server;
      this.iceGatheringState = 'gathering';
      this.onicegatheringstatechange?.();
      if (isClosed) {
        this.onicecandidateerror?.({ errorCode: 701 });
        this.iceGatheringState = 'complete';
        this.onicegatheringstatechange?.();
      }
      const type = this.url.startsWith('stun') ? 'srflx' : 'relay';
      if (answersAfter !== undefined) setTimeout(() => this.onicecandidate?.({ candidate: { candidate: `x typ ${type}` } }), answersAfter);
    }

    async setRemoteDescription({ of: other }: { of: Connection }): Promise<void> {
      const near = this.channel;
      if (!near) return;
      const { opensAfter, echoTakes = 0, loses = () => false } = this.server;
      if (opensAfter === false) {
        this.connectionState = 'failed';
        setTimeout(() => this.onconnectionstatechange?.());
      } else if (opensAfter !== undefined) setTimeout(() => near.onopen?.(), opensAfter);
      const far = new Channel();
      near.send = (data) => void (loses(Number(data)) || setTimeout(() => far.onmessage?.({ data }), echoTakes / 2));
      far.send = (data) => void setTimeout(() => near.onmessage?.({ data }), echoTakes / 2);
      other.ondatachannel?.({ channel: far });
    }

    async getStats(): Promise<Map<string, unknown>> {
      return new Map();
    }

    close(): void {
      open -= 1;
    }
  }
  vi.stubGlobal('RTCPeerConnection', Connection);
  return { made, openCount: () => open };
};

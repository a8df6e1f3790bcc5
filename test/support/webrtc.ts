import { vi } from 'vitest';

/** The server at one URL. Every time is in milliseconds. */
export interface FakeServer {
  /** When the reflexive candidate of STUN or the relay candidate of TURN comes; none comes if this is missing. */
  readonly answersAfter?: number;
  /** When the relay starts to forward data; `false` is a server that never does. */
  readonly opensAfter?: number | false;
  /** The time of one round trip through both relays. */
  readonly echoTakes?: number;
  /** Whether the echo with this index is lost. */
  readonly loses?: (index: number) => boolean;
  /** The browser reports error 701. */
  readonly isClosed?: boolean;
}

/** The part of WebRTC that the connectivity module uses, with a server for each URL; nothing answers at a URL without one. */
export const stubWebRtc = (serverAt: (url: string) => FakeServer | undefined) => {
  /** The URL of each connection, in the order of creation. */
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
    readonly description: object = { type: 'offer', of: this };
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

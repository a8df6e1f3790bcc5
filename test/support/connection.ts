import type { IceServersLoader } from '../../src/index.js';
import { keep } from './loaders.js';
import { json, meteredBody } from './endpoint.js';
import { settle } from './world.js';

/** As much of an RTCPeerConnection as keepFresh sees. */
export class FakeConnection extends EventTarget {
  readonly applied: RTCConfiguration[] = [];
  restarts = 0;
  signalingState: RTCSignalingState = 'stable';
  connectionState: RTCPeerConnectionState = 'new';
  iceGatheringState: RTCIceGatheringState = 'new';
  /** It has been negotiated once; `null` is before that. */
  localDescription: { readonly sdp: string } | null = { sdp: 'a=ice-ufrag:first\r\n' };
  onicecandidateerror: null = null;
  /** The type of the selected pair's local candidate; `undefined` where the statistics do not hold it. */
  localCandidateType: 'host' | 'relay' | undefined = 'relay';
  #configuration: RTCConfiguration;

  constructor(configuration: RTCConfiguration) {
    super();
    this.#configuration = configuration;
  }

  getConfiguration(): RTCConfiguration {
    return { ...this.#configuration };
  }

  setConfiguration(configuration: RTCConfiguration): void {
    if (this.signalingState === 'closed') throw new DOMException('closed', 'InvalidStateError');
    this.applied.push(configuration);
    this.#configuration = configuration;
  }

  restartIce(): void {
    this.restarts++;
  }

  async getStats(): Promise<Map<string, unknown>> {
    return new Map<string, unknown>([
      ['T', { id: 'T', type: 'transport', selectedCandidatePairId: 'P' }],
      ['P', { id: 'P', type: 'candidate-pair', localCandidateId: 'L' }],
      ...(this.localCandidateType ? [['L', { id: 'L', type: 'local-candidate', candidateType: this.localCandidateType }] as const] : []),
    ]);
  }

  /** No event tells of it at this end. */
  close(): void {
    this.signalingState = 'closed';
  }

  /** The TURN server at this address says no; some browsers do not say which. */
  fireCandidateError(errorCode = 401, url = ''): void {
    this.dispatchEvent(Object.assign(new Event('icecandidateerror'), { errorCode, url }));
  }

  /** The page's handler negotiates: new credentials of this end. */
  negotiate(ufrag: string): void {
    this.signalingState = 'have-local-offer';
    this.dispatchEvent(new Event('signalingstatechange'));
    this.localDescription = { sdp: `a=ice-ufrag:${ufrag}\r\n` };
    this.signalingState = 'stable';
    this.dispatchEvent(new Event('signalingstatechange'));
  }
}

/** A connection with the servers of this loader, which the loader keeps fresh. */
export const connect = async (loader: IceServersLoader, more: RTCConfiguration = {}): Promise<FakeConnection> => {
  const connection = new FakeConnection({ ...(await settle(loader.load())), ...more });
  keep(connection, loader);
  return connection;
};

/** Every time the same username and credential. */
export const samePair = json(meteredBody('same'));

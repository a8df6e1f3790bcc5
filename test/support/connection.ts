import type { IceServersLoader } from '../../src/index.js';
import { keep } from './loaders.js';
import { json, meteredBody } from './endpoint.js';
import { settle } from './world.js';

/** The part of an RTCPeerConnection that keepFresh uses. */
export class FakeConnection extends EventTarget {
  readonly applied: RTCConfiguration[] = [];
  restarts = 0;
  signalingState: RTCSignalingState = 'stable';
  connectionState: RTCPeerConnectionState = 'new';
  iceGatheringState: RTCIceGatheringState = 'new';
  /** `null` before the first negotiation. */
  localDescription: { readonly sdp: string } | null = { sdp: 'a=ice-ufrag:first\r\n' };
  onicecandidateerror: null = null;
  /** The type of the selected local candidate; `undefined` if the statistics do not contain it. */
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

  /** Like the real method, it fires no event. */
  close(): void {
    this.signalingState = 'closed';
  }

  /** The TURN server at this URL sends an error; some browsers do not report the URL. */
  fireCandidateError(errorCode = 401, url = ''): void {
    this.dispatchEvent(Object.assign(new Event('icecandidateerror'), { errorCode, url }));
  }

  /** The page negotiates, and the local ICE credentials change. */
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

/** An answer with always the same username and credential. */
export const samePair = json(meteredBody('same'));

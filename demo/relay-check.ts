export interface RelayProof {
  /** The median time in ms from one end to the other and back, both ends relayed. */
  readonly roundTripMs: number;
  /** From the start to the open channel. */
  readonly connectMs: number;
  /** The types of the selected pair's two candidates. */
  readonly local: 'relay';
  readonly remote: 'relay';
  /** How this end reached the TURN server, where the browser says so. */
  readonly relayProtocol: string | undefined;
}

const patienceMs = 10_000;
const pings = 9;

/** Sends data between two connections of this page that may only meet at the TURN server. */
export async function connectThroughTurn(iceServers: RTCIceServer[]): Promise<RelayProof> {
  const configuration: RTCConfiguration = { iceServers, iceTransportPolicy: 'relay' };
  const near = new RTCPeerConnection(configuration);
  const far = new RTCPeerConnection(configuration);
  const failed = watchForFailure(near, far);
  try {
    const startedAt = performance.now();
    const channel = near.createDataChannel('ping');
    far.addEventListener('datachannel', ({ channel: echo }) => {
      echo.addEventListener('message', ({ data }) => echo.send(data));
    });
    handOver(near, far);
    handOver(far, near);
    const opened = happens(channel, 'open');
    await negotiate(near, far);
    await Promise.race([opened, failed]);
    const connectMs = performance.now() - startedAt;
    const roundTripMs = await Promise.race([measure(channel), failed]);
    return { roundTripMs, connectMs, ...(await selectedPair(near)) };
  } finally {
    near.close();
    far.close();
  }
}

async function negotiate(near: RTCPeerConnection, far: RTCPeerConnection): Promise<void> {
  await near.setLocalDescription();
  if (near.localDescription) await far.setRemoteDescription(near.localDescription);
  await far.setLocalDescription();
  if (far.localDescription) await near.setRemoteDescription(far.localDescription);
}

function handOver(from: RTCPeerConnection, to: RTCPeerConnection): void {
  from.addEventListener('icecandidate', ({ candidate }) => {
    // Firefox ends the list with an empty candidate, which says nothing.
    if (candidate?.candidate) void to.addIceCandidate(candidate);
  });
}

async function measure(channel: RTCDataChannel): Promise<number> {
  const times: number[] = [];
  for (let ping = 0; ping < pings; ping += 1) {
    const sentAt = performance.now();
    const answered = happens(channel, 'message');
    channel.send(String(ping));
    await answered;
    times.push(performance.now() - sentAt);
  }
  return times.sort((a, b) => a - b)[Math.floor(pings / 2)] ?? NaN;
}

function happens(target: EventTarget, name: string): Promise<void> {
  return new Promise((resolve) => target.addEventListener(name, () => resolve(), { once: true }));
}

/** Rejects with a sentence as soon as it is certain that no relayed connection will come. */
function watchForFailure(near: RTCPeerConnection, far: RTCPeerConnection): Promise<never> {
  const { promise, reject } = rejectable();
  const fail = (sentence: string): void => reject(new Error(sentence));
  let lastCode: number | undefined;
  let candidates = 0;

  near.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate?.candidate) candidates += 1;
  });
  near.addEventListener('icecandidateerror', ({ errorCode }) => {
    lastCode = errorCode;
    if (errorCode === 401) fail('The TURN server refused the credential (401). Press Refresh to ask for a new one, then try again.');
  });
  near.addEventListener('icegatheringstatechange', () => {
    if (near.iceGatheringState === 'complete' && candidates === 0) fail(unreachable(lastCode));
  });
  for (const connection of [near, far]) {
    connection.addEventListener('connectionstatechange', () => {
      if (connection.connectionState === 'failed') fail('The TURN server took both ends but passed no data between them.');
    });
  }
  setTimeout(() => fail(unreachable(lastCode)), patienceMs);
  return promise;
}

function unreachable(code: number | undefined): string {
  const words = code === undefined ? '' : ` (${code})`;
  return `The TURN server could not be reached this way${words}: the port is closed or blocked, or the browser does not trust its certificate. Try another transport.`;
}

function rejectable(): { promise: Promise<never>; reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<never>((_resolve, rejectIt) => {
    reject = rejectIt;
  });
  // It may fail when nobody waits for it any more.
  promise.catch(() => undefined);
  return { promise, reject };
}

/** Only the pair that is in use proves a relay: candidates alone were merely on offer. */
async function selectedPair(connection: RTCPeerConnection): Promise<Pick<RelayProof, 'local' | 'remote' | 'relayProtocol'>> {
  const stats = await connection.getStats();
  const all = [...(stats as Map<string, Record<string, unknown>>).values()];
  const selectedId = all.find(({ type }) => type === 'transport')?.['selectedCandidatePairId'];
  // Firefox has no transport statistics and marks the pair itself.
  const pair = all.find(({ id, type, selected }) =>
    selectedId === undefined ? type === 'candidate-pair' && selected === true : id === selectedId,
  );
  const local = all.find(({ id }) => id === pair?.['localCandidateId']);
  const remote = all.find(({ id }) => id === pair?.['remoteCandidateId']);
  if (local?.['candidateType'] !== 'relay' || remote?.['candidateType'] !== 'relay') {
    throw new Error('Data passed, but the browser does not say that it was relayed at both ends.');
  }
  const { relayProtocol } = local;
  return {
    local: 'relay',
    remote: 'relay',
    relayProtocol: typeof relayProtocol === 'string' ? relayProtocol : undefined,
  };
}

/**
 * Returns whether this end sends its media or data through its relay, or `undefined` if the statistics do not say.
 *
 * The transport names the selected pair, except in Firefox, which marks the pair itself. `nominated` is not used, because after a restart
 * Chromium lists two nominated pairs: https://www.w3.org/TR/webrtc-stats/#dom-rtctransportstats-selectedcandidatepairid
 */
export async function isSelectedPairRelayed(pc: RTCPeerConnection): Promise<boolean | undefined> {
  if (pc.getConfiguration().iceTransportPolicy === 'relay') return true;
  const stats = (await pc.getStats()) as unknown as ReadonlyMap<unknown, Readonly<Record<string, unknown>>>;
  const pair = stats.get(selectedPairId(stats.values()));
  const local = stats.get(pair?.localCandidateId);
  return local && local.candidateType === 'relay';
}

function selectedPairId(stats: Iterable<Readonly<Record<string, unknown>>>): unknown {
  for (const { selectedCandidatePairId, selected, id } of stats) {
    if (selectedCandidatePairId) return selectedCandidatePairId;
    if (selected) return id;
  }
  return undefined;
}

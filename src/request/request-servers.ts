import { parseResponse, type ServerList } from '../credentials/parse-response.js';
import { IceServersError } from '../errors/ice-servers-error.js';
import type { Settings } from '../options/loader-options.js';
import type { FunctionSource } from '../options/source.js';
import { callSource } from './call-source.js';
import { getCredential } from './get-credential.js';

const unusable =
  'getServers did not return a usable list of ICE servers, such as { iceServers: [{ urls, username, credential }] }. Check that function.';

/**
 * Requests servers from the configured source.
 *
 * @param signal aborts it once nobody waits any more
 * @param mayRetry returns whether a caller still waits, so that a failed request should be retried
 * @throws (rejects) an `IceServersError`, or the reason of the signal
 */
export async function requestServers(settings: Settings, signal: AbortSignal, mayRetry: () => boolean): Promise<ServerList> {
  const { source } = settings;
  if (source.kind === 'missing') throw new IceServersError('not-configured');
  if (source.kind === 'endpoint') return getCredential(source, settings.fetch, signal, mayRetry);
  return callGetServers(source, signal);
}

async function callGetServers({ getServers }: FunctionSource, signal: AbortSignal): Promise<ServerList> {
  const list = await callSource(getServers, parseResponse, signal);
  if (!list) throw new IceServersError('invalid-response', { message: unusable });
  return list;
}

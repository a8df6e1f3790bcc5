import type { IceServersErrorCode } from './error-policy.js';
import { IceServersError } from './ice-servers-error.js';

/** What is known, and stored, of a response with an error status. */
interface EndpointFailure {
  readonly code: IceServersErrorCode;
  readonly status: number | undefined;
  readonly retryAt: number | undefined;
}

const routeRefused = 'The route refused the request. Check that the user is signed in, then call load({ cache: "reload" }).';

/**
 * Returns the error for a failure at the endpoint. If the page sends no API key, the endpoint is a route of the app, and no key can be the
 * reason for a refusal.
 */
export function endpointError({ code, status, retryAt }: EndpointFailure, sendsApiKey: boolean): IceServersError {
  const isRouteRefusal = code === 'invalid-api-key' && !sendsApiKey;
  return new IceServersError(code, { status, retryAt, message: isRouteRefusal ? `${routeRefused} (HTTP ${status})` : undefined });
}

import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve, type HttpBindings } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import { createControl } from './control.js';
import { Credentials, type Credential, type NewCredential } from './credentials.js';
import { Faults } from './faults.js';
import { getCredential } from './get-credential.js';
import { RequestLog } from './request-log.js';
import { Rotating, rotatingApi } from './rotating.js';
import { createScenarios } from './scenarios.js';
import { secretKeyApi } from './secret-key-api.js';
import { startGuard, type Guard } from './turn/guard.js';
import { startTurnServer, type TurnOptions, type TurnServer } from './turn/turn-server.js';

export interface StandInOptions extends TurnOptions {
  /** 0, the default, chooses a free port. */
  readonly port?: number;
  /** The region for a request without `region`, like "Default Region" in the dashboard. */
  readonly defaultRegion?: string;
  /** Puts a guard in front of the TURN server that drops each allocation when its credential expires. Every `turn:` URL then leads to it. */
  readonly guard?: boolean;
}

/** A route next to Metered's API that returns `{ iceServers, ttl }`, with a new short-lived credential in each response. */
export interface RotatingEndpoint {
  /** The URL without a key, for the loader's `endpoint`. It accepts the stand-in's `apiKey`. */
  readonly endpoint: string;
  /** The URL with the key. */
  readonly address: string;
}

/** Metered's TURN REST API for one app, with a TURN server behind it, on this computer only. */
export interface StandIn {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** The URL of Get Credential without a key, for the loader's `endpoint`. */
  readonly endpoint: string;
  /** The key of a credential that exists from the start and never expires. */
  readonly apiKey: string;
  /** Get Credential with a simulated problem: this URL, a slash, and the name of the problem. */
  readonly scenarios: string;
  readonly secretKey: string;
  readonly credentials: Credentials;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly turn: TurnServer;
  readonly guard: Guard | undefined;
  readonly rotating: Rotating & RotatingEndpoint;
  /** The URL as the dashboard shows it, with key and region. */
  addressOf(apiKey: string, region?: string): string;
  /** Resolves when the TURN server knows the new credential. */
  createCredential(credential?: NewCredential): Promise<Credential>;
  /** Also stops the TURN server and ends open requests. May be called twice. */
  stop(): Promise<void>;
}

const getCredentialPath = '/api/v1/turn/credentials';
const rotatingPath = '/rotating';
const scenariosPath = '/scenarios';

export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const turn = await startTurnServer(options);
  const credentials = new Credentials(turn);
  const guard = options.guard ? await guardOf(turn, credentials) : undefined;
  const rotating = new Rotating(credentials);
  const scenarios = createScenarios(credentials, guard ?? turn);
  const faults = new Faults();
  const requests = new RequestLog(() => [credentials.secretKey, ...credentials.list().map(({ apiKey }) => apiKey)]);

  const app = new Hono<{ Bindings: HttpBindings }>();
  for (const path of ['/api/*', rotatingPath]) app.use(path, requests.middleware);
  for (const path of [getCredentialPath, rotatingPath]) app.get(path, faults.middleware);
  // Other origins may read only a GET. A preflight gets no CORS headers, so a client that needs one fails.
  for (const path of ['/api/*', rotatingPath, `${scenariosPath}/*`]) app.get(path, readable);
  app.route(getCredentialPath, getCredential(credentials, guard ?? turn, options.defaultRegion));
  app.route('/api', secretKeyApi(credentials));
  app.route(rotatingPath, rotatingApi(rotating, credentials, guard ?? turn));
  app.route(scenariosPath, scenarios.api);
  app.route('/control', createControl(faults, requests));
  app.notFound((context) => context.json({ message: 'Not Found' }, 404));

  let server: Server | undefined;
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    credentials.close();
    if (server?.listening) {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    }
    scenarios.stop();
    guard?.stop();
    await turn.stop();
  };

  try {
    const { apiKey } = await credentials.create({ label: 'ready' });
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: options.port ?? 0 }) as Server;
    if (!server.listening) await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const endpoint = `${origin}${getCredentialPath}`;
    const rotatingEndpoint = `${origin}${rotatingPath}`;

    return {
      origin,
      endpoint,
      apiKey,
      scenarios: `${origin}${scenariosPath}`,
      secretKey: credentials.secretKey,
      credentials,
      faults,
      requests,
      turn,
      guard,
      rotating: Object.assign(rotating, {
        endpoint: rotatingEndpoint,
        address: `${rotatingEndpoint}?${new URLSearchParams({ apiKey })}`,
      }),
      addressOf: (key, region) => `${endpoint}?${new URLSearchParams({ apiKey: key, ...(region && { region }) })}`,
      createCredential: (credential) => credentials.create(credential),
      stop: () => (stopping ??= stop()),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const readable: MiddlewareHandler = async (context, next) => {
  await next();
  context.header('Access-Control-Allow-Origin', '*');
};

async function guardOf(turn: TurnServer, credentials: Credentials): Promise<Guard> {
  try {
    return await startGuard(turn, (username) => credentials.isAlive(username));
  } catch (error) {
    await turn.stop();
    throw error;
  }
}

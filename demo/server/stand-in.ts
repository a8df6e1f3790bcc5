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
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** What applies to a request without `region`, as the dashboard's "Default Region" does. */
  readonly defaultRegion?: string;
  /** Puts a guard in front of the TURN server, which drops each allocation when its credential dies; every `turn:` address leads to it. */
  readonly guard?: boolean;
}

/** An own proxy beside Metered's API: `{ iceServers, ttl }`, with a short-lived pair of its own in each answer. */
export interface RotatingEndpoint {
  /** Without a key: the loader's `endpoint`. It takes the stand-in's `apiKey`. */
  readonly endpoint: string;
  /** With the key. */
  readonly address: string;
}

/** Metered's TURN REST API for one app, with a TURN server behind it, on this computer only. */
export interface StandIn {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** The address of Get Credential without a key: the loader's `endpoint`. */
  readonly endpoint: string;
  /** The key of a credential that is there from the start and never expires. */
  readonly apiKey: string;
  /** Get Credential with a trouble: the address of each is this, a slash and the trouble's name. */
  readonly scenarios: string;
  readonly secretKey: string;
  readonly credentials: Credentials;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly turn: TurnServer;
  readonly guard: Guard | undefined;
  readonly rotating: Rotating & RotatingEndpoint;
  /** The address as the dashboard shows it, key and region included. */
  addressOf(apiKey: string, region?: string): string;
  /** Resolves when the TURN server knows the new pair. */
  createCredential(credential?: NewCredential): Promise<Credential>;
  /** Ends the TURN server too, open requests included. May be called twice. */
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
  // Only a GET may be read from other origins. A preflight finds no such headers, so a client that needs one fails.
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

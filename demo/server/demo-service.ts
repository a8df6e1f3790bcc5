import type { PageConfig } from '../page-config.js';
import { createShortLivedCredential } from './metered-service.js';
import { turnHost } from './regions.js';
import { scenarioTitles, stopsTls } from './scenarios.js';
import { startStandIn } from './stand-in.js';
import type { TurnServer } from './turn/turn-server.js';

export interface DemoService {
  readonly config: PageConfig;
  /** How to get what the demo lacks on this computer, if it lacks something. */
  readonly advice?: string;
  stop(): Promise<void>;
}

/** The real service where the environment names an app, else the local stand-in. */
export async function startDemoService(environment: NodeJS.ProcessEnv): Promise<DemoService> {
  const { METERED_APP_NAME: appName, METERED_SECRET_KEY: secretKey, METERED_API_KEY: apiKey } = environment;

  if (!appName) {
    if (secretKey || apiKey) throw new Error('Set METERED_APP_NAME too: a key belongs to one Metered app.');
    return standInService();
  }
  if (secretKey) return meteredService(appName, await createShortLivedCredential(appName, secretKey));
  if (apiKey) return meteredService(appName, { apiKey });
  throw new Error('Set METERED_API_KEY (one credential) or METERED_SECRET_KEY (the account) beside METERED_APP_NAME.');
}

function meteredService(app: string, credential: { apiKey: string; expiresAt?: number }): DemoService {
  return {
    config: {
      mode: 'metered',
      app,
      ...credential,
      notes: ['This page uses the real service: relayed traffic counts against the allowance of your account.'],
    },
    stop: async () => undefined,
  };
}

async function standInService(): Promise<DemoService> {
  const standIn = await startStandIn({ guard: true });
  const { endpoint: app, apiKey, rotating, guard, scenarios } = standIn;
  const { tlsPort } = guard ?? standIn.turn;
  return {
    config: {
      mode: 'stand-in',
      app,
      apiKey,
      rotating: { endpoint: rotating.endpoint, lifeSeconds: rotating.lifeSeconds, dropsAtExpiry: guard !== undefined },
      ...(tlsPort && { ownCertificate: `turns:${turnHost()}:${tlsPort}` }),
      scenarios: Object.entries(scenarioTitles).map(([name, title]) => ({
        title,
        endpoint: `${scenarios}/${name}`,
        stopsTls: stopsTls(name),
      })),
      notes: standInNotes(standIn.turn),
    },
    ...(standIn.turn.kind === 'node-turn' && { advice: udpOnly }),
    stop: () => standIn.stop(),
  };
}

const udpOnly =
  'The TURN server on this computer is node-turn, which serves UDP only. For TCP and TLS, install coturn (apt-get install coturn, or brew install coturn), and start the demo again.';

function standInNotes({ kind }: TurnServer): string[] {
  return [
    kind === 'coturn'
      ? 'The TURN server on this computer is coturn. TLS is tried in a browser that accepts its own certificate, such as Chromium with --ignore-certificate-errors.'
      : udpOnly,
    'Firefox only uses a TURN server on this computer when media.peerconnection.ice.loopback is true in about:config.',
  ];
}

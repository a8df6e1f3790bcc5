import { mintPath, type PageConfig } from '../page-config.js';
import { meteredAccount, type MeteredAccount } from './metered-service.js';
import { lifeRange, Mint, parseLife } from './mint.js';
import { turnHost } from './regions.js';
import { scenarioTitles, stopsTls } from './scenarios.js';
import { startStandIn } from './stand-in.js';
import type { TurnServer } from './turn/turn-server.js';

export interface DemoService {
  readonly config: PageConfig;
  /** How to install what is missing on this computer, if anything is. */
  readonly advice?: string;
  /** What the route in `config.mint` uses. */
  readonly mint?: Mint;
  stop(): Promise<void>;
}

/** The page's own key is valid for an hour. */
const pageLifeSeconds = 3600;

/** Uses the real service if the environment names an app. Otherwise, starts the local stand-in. */
export async function startDemoService(environment: NodeJS.ProcessEnv): Promise<DemoService> {
  const { METERED_APP_NAME: appName, METERED_SECRET_KEY: secretKey, METERED_API_KEY: apiKey } = environment;

  if (!appName) {
    if (secretKey || apiKey) throw new Error('Set METERED_APP_NAME too: a key belongs to one Metered app.');
    return standInService(readLife(environment, 20));
  }
  if (secretKey) return accountService(appName, meteredAccount(appName, secretKey), readLife(environment, 300));
  if (apiKey) return { config: meteredConfig(appName, { apiKey }), stop: async () => undefined };
  throw new Error('In addition to METERED_APP_NAME, set METERED_API_KEY (of one credential) or METERED_SECRET_KEY (of the account).');
}

function readLife({ DEMO_LIFE_SECONDS: text }: NodeJS.ProcessEnv, usual: number): number {
  const life = text ? parseLife(text) : usual;
  if (life === undefined) throw new Error(`DEMO_LIFE_SECONDS must be ${lifeRange}.`);
  return life;
}

/** The page loads servers from `app`. `account` creates its keys. */
export async function accountService(app: string, account: MeteredAccount, lifeSeconds: number): Promise<DemoService> {
  const mint = new Mint({ account, lifeSeconds });
  const expiresAt = Date.now() + pageLifeSeconds * 1000;
  const { apiKey } = await mint.create('the page', pageLifeSeconds);
  return {
    config: { ...meteredConfig(app, { apiKey, expiresAt }), mint: { endpoint: mintPath, lifeSeconds } },
    mint,
    stop: () => mint.stop(),
  };
}

function meteredConfig(app: string, credential: { apiKey: string; expiresAt?: number }): PageConfig {
  return {
    mode: 'metered',
    app,
    ...credential,
    notes: ['This page uses the real service: relayed traffic counts against your account’s quota.'],
  };
}

async function standInService(lifeSeconds: number): Promise<DemoService> {
  const standIn = await startStandIn({ guard: true });
  const { endpoint: app, apiKey, guard, scenarios } = standIn;
  const { tlsPort } = guard ?? standIn.turn;
  return {
    config: {
      mode: 'stand-in',
      app,
      apiKey,
      mint: { endpoint: mintPath, lifeSeconds },
      dropsAtExpiry: guard !== undefined,
      appWithoutTls: `${scenarios}/no-trouble?tls=none`,
      ...(tlsPort && { ownCertificate: `turns:${turnHost()}:${tlsPort}` }),
      scenarios: Object.entries(scenarioTitles).map(([name, title]) => ({
        title,
        endpoint: `${scenarios}/${name}`,
        stopsTls: stopsTls(name),
      })),
      notes: standInNotes(standIn.turn),
    },
    ...(standIn.turn.kind === 'node-turn' && { advice: udpOnly }),
    mint: new Mint({ account: standIn, lifeSeconds }),
    // The credentials that were created end with it.
    stop: () => standIn.stop(),
  };
}

const udpOnly =
  'The TURN server on this computer is node-turn, which serves UDP only. For TCP and TLS, install coturn (apt-get install coturn, or brew install coturn), and start the demo again.';

function standInNotes({ kind }: TurnServer): string[] {
  return [
    kind === 'coturn'
      ? 'The TURN server on this computer is coturn. TLS is tested only in a browser that accepts its self-signed certificate, such as Chromium with --ignore-certificate-errors.'
      : udpOnly,
    'Firefox uses a TURN server on this computer only if media.peerconnection.ice.loopback is true in about:config.',
  ];
}

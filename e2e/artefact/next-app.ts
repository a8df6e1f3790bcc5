import { execa } from 'execa';
import { freePort } from '../../demo/server/turn/loopback.js';
import { readRecipe } from '../../test/package/snippets.js';
import { folderOf, write } from './installed.js';

export interface NextApp {
  readonly origin: string;
  stop(): Promise<void>;
}

const layout = `
  export default function Layout({ children }: { children: React.ReactNode }) {
    return <html><head><link rel="icon" href="data:," /></head><body>{children}</body></html>;
  }`;

const quiet = { NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' };

const session = `export async function getUser(_request: unknown) { return { id: 'user-42' }; }`;

/** Builds an app of the files that docs/frameworks.md and docs/credentials.md show, and returns what the build prints. */
export async function buildNextApp(): Promise<{ exitCode: number | undefined; all: string }> {
  await write('next', 'app/layout.tsx', layout);
  await writeRoom('minted', `endpoint: '/api/turn', rtcConfiguration: { iceTransportPolicy: 'relay' }`);
  await writeRoom('without-key', `appName: 'demo', apiKey: process.env.NEXT_PUBLIC_METERED_API_KEY`);
  await write('next', 'app/api/turn/route.ts', readRecipe('servers/next-route.ts'));
  await write('next', 'app/api/turn/metered.ts', readRecipe('servers/metered.ts'));
  await write('next', 'app/api/turn/session.ts', session);
  const { exitCode, all } = await execa('node', [next(), 'build'], { cwd: folderOf('next'), env: quiet, all: true, reject: false });
  return { exitCode, all };
}

/** Starts the app, whose route creates credentials at this address. */
export async function startNextApp(env: Readonly<Record<string, string>>): Promise<NextApp> {
  const port = await freePort();
  const server = execa('node', [next(), 'start', '-H', '127.0.0.1', '-p', String(port)], {
    cwd: folderOf('next'),
    env: { ...quiet, ...env },
    reject: false,
    buffer: false,
  });
  await new Promise<void>((resolve) => {
    server.stdout.on('data', (text) => String(text).includes('Ready') && resolve());
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.kill();
      await server;
    },
  };
}

/** The files of the call in a folder of their own, whose loader has these options. */
async function writeRoom(folder: string, loaderOptions: string): Promise<void> {
  const iceServers = readRecipe('ice-servers.ts').replace(/appName: 'demo', apiKey: '\w+'/, loaderOptions);
  await write('next', `app/${folder}/ice-servers.ts`, iceServers);
  await write('next', `app/${folder}/call.ts`, readRecipe('call.ts'));
  await write('next', `app/${folder}/react.tsx`, readRecipe('react.tsx'));
  await write('next', `app/${folder}/room/call-room.tsx`, readRecipe('next/call-room.tsx'));
  await write('next', `app/${folder}/room/page.tsx`, readRecipe('next/page.tsx'));
}

function next(): string {
  return folderOf('next', 'node_modules/next/dist/bin/next');
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { chooseTurnKind } from '../../demo/server/turn/turn-kind.js';
import { startTurnServer } from '../../demo/server/turn/turn-server.js';

let withCoturn: string;
let withoutCoturn: string;

beforeAll(async () => {
  withoutCoturn = await mkdtemp(join(tmpdir(), 'without-coturn-'));
  withCoturn = await mkdtemp(join(tmpdir(), 'with-coturn-'));
  for (const command of ['turnserver', 'turnadmin']) await writeFile(join(withCoturn, command), '', { mode: 0o755 });
});
afterAll(() => Promise.all([withCoturn, withoutCoturn].map((folder) => rm(folder, { recursive: true }))));

it('is coturn if that is installed, else node-turn', async () => {
  expect(await chooseTurnKind({ PATH: withCoturn })).toBe('coturn');
  expect(await chooseTurnKind({ PATH: withoutCoturn })).toBe('node-turn');
  expect(await chooseTurnKind({})).toBe('node-turn');
});

it('is node-turn if TURN_SERVER says so, coturn or not', async () => {
  expect(await chooseTurnKind({ PATH: withCoturn, TURN_SERVER: 'node-turn' })).toBe('node-turn');
  expect(await chooseTurnKind({ PATH: withoutCoturn, TURN_SERVER: 'node-turn' })).toBe('node-turn');
});

it('fails if TURN_SERVER asks for a coturn that is not installed', async () => {
  expect(await chooseTurnKind({ PATH: withCoturn, TURN_SERVER: 'coturn' })).toBe('coturn');
  await expect(chooseTurnKind({ PATH: withoutCoturn, TURN_SERVER: 'coturn' })).rejects.toThrow('Install coturn.');
});

it('fails if TURN_SERVER is neither of the two', async () => {
  await expect(chooseTurnKind({ PATH: withCoturn, TURN_SERVER: 'Coturn' })).rejects.toThrow('TURN_SERVER must be "coturn" or "node-turn".');
});

it('is what a TURN server is started as that was not told its kind', async () => {
  vi.stubEnv('TURN_SERVER', 'node-turn');
  const turn = await startTurnServer();
  try {
    expect(turn.kind).toBe('node-turn');
  } finally {
    await turn.stop();
    vi.unstubAllEnvs();
  }
});

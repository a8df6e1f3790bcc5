import { isOnPath } from './is-on-path.js';

/** coturn serves UDP, TCP and TLS, and has to be installed; node-turn comes with npm, and serves UDP alone. */
export type TurnKind = 'coturn' | 'node-turn';

/** The kind that the variable TURN_SERVER names. Without it, coturn if it is installed, else node-turn. */
export async function chooseTurnKind(environment: NodeJS.ProcessEnv = process.env): Promise<TurnKind> {
  const wanted = environment['TURN_SERVER'];
  if (wanted === 'node-turn') return 'node-turn';
  if (wanted && wanted !== 'coturn') throw new Error('TURN_SERVER must be "coturn" or "node-turn".');
  if (await hasCoturn(environment)) return 'coturn';
  if (wanted) throw new Error('TURN_SERVER is "coturn", but turnserver and turnadmin are not on the PATH. Install coturn.');
  return 'node-turn';
}

export async function hasCoturn({ PATH }: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  const found = await Promise.all(['turnserver', 'turnadmin'].map((command) => isOnPath(command, PATH)));
  return found.every(Boolean);
}

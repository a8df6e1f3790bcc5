import { isOnPath } from './is-on-path.js';

/** coturn supports UDP, TCP and TLS, and has to be installed. npm installs node-turn, which supports only UDP. */
export type TurnKind = 'coturn' | 'node-turn';

/** Returns the value of the variable TURN_SERVER. If it is not set: coturn if it is installed, or node-turn. */
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

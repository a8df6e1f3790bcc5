import type { IceServersStatus } from 'ice-servers-loader';

/** Where servers came from, as a person would say it, in one short line. */
export const sourceWords: Readonly<Record<IceServersStatus['source'], string>> = {
  network: 'the service, now',
  indexeddb: 'an earlier visit',
  memory: 'this page, earlier',
  stale: 'an older answer',
  fallback: 'the last resort',
};

export function duration(ms: number): string {
  if (ms === Infinity) return 'without end';
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The package's own errors are sentences already, with the cure in them. */
export function errorWords(error: unknown): string {
  return error instanceof Error ? error.message.replace(/^ice-servers-loader: /, '') : 'Something failed that is no error.';
}

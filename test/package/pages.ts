import { readdirSync, readFileSync } from 'node:fs';

export interface Page {
  /** The path from the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** Every page of documentation that exists: those of the root, that of the bench, and all of docs. */
export function readPages(): Page[] {
  const inRoot = readdirSync('.').filter((name) => name.endsWith('.md'));
  const inDocs = readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
  const paths = [...inRoot, 'bench/README.md', ...inDocs.map((name) => `docs/${name.replaceAll('\\', '/')}`)];
  return paths.sort().map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

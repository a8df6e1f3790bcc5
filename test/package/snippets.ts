import { readdirSync, readFileSync } from 'node:fs';

export interface Snippet {
  /** The file and the line that the block begins at. */
  readonly where: string;
  readonly language: string;
  readonly code: string;
}

const blocksIn = (path: string, text: string): Snippet[] =>
  [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].map(({ index, 1: language = '', 2: code = '' }) => ({
    where: `${path}:${text.slice(0, index).split('\n').length}`,
    language,
    code,
  }));

const uncommented = (text: string): string => text.replaceAll(/^ *\* ?/gm, '');

/** The code blocks of the README, and of the examples in the comments of the public types. */
export const readmeSnippets = (): Snippet[] => blocksIn('README.md', readFileSync('README.md', 'utf8'));

export const exampleSnippets = (): Snippet[] =>
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => blocksIn(`src/${name}`, uncommented(readFileSync(`src/${name}`, 'utf8'))));

import { readdirSync, readFileSync } from 'node:fs';

export interface Snippet {
  /** The file and the line that the block begins at. */
  readonly where: string;
  readonly language: string;
  readonly code: string;
}

/** The pages for people who use the package, from the root. */
export function documentationPages(): string[] {
  const pages = readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
  return ['README.md', ...pages.map((name) => `docs/${name.replaceAll('\\', '/')}`).sort()];
}

/** The code blocks of the pages. */
export function documentationSnippets(): Snippet[] {
  return documentationPages()
    .flatMap((path) => blocksIn(path, readFileSync(path, 'utf8')))
    .filter((block) => !isSignature(block));
}

/** The code blocks of the examples in the comments of the public types. */
export function exampleSnippets(): Snippet[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => blocksIn(`src/${name}`, uncommented(readFileSync(`src/${name}`, 'utf8'))));
}

/** The recipes, from `e2e/recipes/`, that the pages show. Each is a whole file, which `npm run types` checks and a test runs. */
export function recipeFiles(): string[] {
  return ['', 'next/', 'servers/', 'element/'].flatMap((folder) =>
    readdirSync(`e2e/recipes/${folder}`, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => folder + name),
  );
}

export function readRecipe(name: string): string {
  return readFileSync(`e2e/recipes/${name}`, 'utf8');
}

function blocksIn(path: string, text: string): Snippet[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].map(({ index, 1: language = '', 2: code = '' }) => ({
    where: `${path}:${text.slice(0, index).split('\n').length}`,
    language,
    code,
  }));
}

/** The page of the API also has the bare signatures of functions, which are not samples. */
function isSignature({ where, language, code }: Snippet): boolean {
  return where.startsWith('docs/api.md') && language === 'ts' && !code.startsWith('import ');
}

function uncommented(text: string): string {
  return text.replaceAll(/^ *\* ?/gm, '');
}

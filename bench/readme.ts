import { readFileSync, writeFileSync } from 'node:fs';

const readme = new URL('README.md', import.meta.url);

/** Puts a text between the markers of this name in this folder's README. */
export const writeToReadme = (name: string, text: string): void => {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const old = readFileSync(readme, 'utf8');
  const [from, to] = [old.indexOf(begin) + begin.length, old.indexOf(end)];
  if (from < begin.length || to < from) throw new Error(`bench/README.md has no ${begin} … ${end}.`);
  writeFileSync(readme, `${old.slice(0, from)}\n\n${text}\n\n${old.slice(to)}`);
};

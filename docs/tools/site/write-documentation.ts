import { cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { renderPage } from './render-page.js';

/**
 * Writes the README, and every file that a link leads to from there, into a folder. Pages become HTML, and other files are copied. Each
 * file keeps its path, so that relative links work.
 */
export function writeDocumentation(folder: string): void {
  const paths = new Set(['README.md']);
  // A set also visits what is added to it during the loop.
  for (const path of paths) {
    for (const linked of write(path, folder)) paths.add(linked);
  }
}

/** Writes one file. Returns the files that it links to. */
function write(path: string, folder: string): string[] {
  const target = `${folder}/${path}`;
  mkdirSync(dirname(target), { recursive: true });
  if (!path.endsWith('.md')) {
    cpSync(path, target);
    return [];
  }
  const { html, links } = renderPage(readFileSync(path, 'utf8'), rootFrom(path));
  writeFileSync(target.replace(/\.md$/, '.html'), html);
  return links.map((link) => posix.join(posix.dirname(path), link)).filter((linked) => existsSync(linked) && statSync(linked).isFile());
}

/** Returns the relative address of the root. */
function rootFrom(path: string): string {
  return '../'.repeat(path.split('/').length - 1) || './';
}

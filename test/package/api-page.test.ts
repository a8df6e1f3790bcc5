import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { apiPage } from '../../docs/tools/api-page/api-page.js';
import { errorCodes } from '../support/error-codes.js';
import { headingsOf, rowsOf, sectionOf } from './markdown.js';

const page = readFileSync('docs/api.md', 'utf8');
const headings = new Set(headingsOf(page).map((title) => title.replaceAll('`', '')));

/** Returns the names that a built entry exports. */
function exportsOf(entry: string): string[] {
  const lists = readFileSync(`dist/${entry}.d.ts`, 'utf8').matchAll(/^export (?:type )?\{([^}]+)\}/gm);
  return [...lists]
    .flatMap(([, names]) => names!.replaceAll('type ', '').split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Returns the members that a type has in the built declarations. */
function membersOf(file: string, type: string): string[] {
  const [body = ''] = new RegExp(`interface ${type} [^]*?\\n}`).exec(readFileSync(`dist/${file}.d.ts`, 'utf8')) ?? [];
  return [...body.matchAll(/^ {4}(?:readonly )?(\w+)\??[:(]/gm)].map(([, member]) => member!);
}

/** Returns what the tables of a section of the page are about. */
function rowsIn(section: string): Set<string> {
  return new Set(rowsOf(sectionOf(page, section)).map(({ subject }) => /[\w.-]+/.exec(subject)![0]));
}

describe('docs/api.md', () => {
  it('is what npm run docs writes', () => {
    expect(page, 'The types have changed: npm run docs').toBe(apiPage());
  });

  it.each(['index', 'connectivity', 'element'])('has a heading for every export of %s', (entry) => {
    const names = exportsOf(entry);
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !headings.has(name))).toEqual([]);
  });

  it.each([
    ['IceServersOptions', 'types', 'AllOptions'],
    ['LoadOptions', 'types', 'LoadOptions'],
    ['IceServersStatus', 'types', 'IceServersStatus'],
    ['IceServersLoader', 'types', 'IceServersLoader'],
    ['ConnectivityOptions', 'connectivity/types', 'ConnectivityOptions'],
    ['ConnectivityReport', 'connectivity/types', 'ConnectivityReport'],
    ['IceReport', 'element/types', 'IceReport'],
  ])('has a row for every member of %s', (section, file, type) => {
    const members = membersOf(file, type);
    expect(members.length).toBeGreaterThan(2);
    expect(members.filter((name) => !rowsIn(`\`${section}\``).has(name))).toEqual([]);
  });

  it('has a row for every error code, and no other', () => {
    expect([...rowsIn('`IceServersErrorCode`')].sort()).toEqual([...errorCodes].sort());
  });

  it('says of everything what it means', () => {
    expect(page.match(/^.*\| {1,2}\|$/gm) ?? []).toEqual([]);
  });

  it('has text under every heading of an export', () => {
    expect([...page.matchAll(/^### (.+)\n+(?=#)/gm)].map(([, title]) => title)).toEqual([]);
  });
});

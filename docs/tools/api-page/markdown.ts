import type { Docstring } from './docstring.js';

/** What is left out of a table if no row has it. */
type Row = Readonly<Record<string, string>>;

/** The names that have a heading of their own on the page. */
export type KnownNames = ReadonlySet<string>;

/** The longest text of one paragraph that a table holds whole. A longer one has a section of its own. */
const longestCell = 220;

/** Renders a table. The heads of its columns are the keys of the first row; a column without any text is left out. */
export function table(rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const columns = Object.keys(rows[0] ?? {}).filter((column) => rows.some((row) => row[column] !== ''));
  const lines = [columns, columns.map(() => '---'), ...rows.map((row) => columns.map((column) => row[column]!))];
  return lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll(/(?<!\\)\|/g, '\\|')).join(' | ')} |`).join('\n');
}

/** Renders a type, with a link for each part that names a type of this page. */
export function typeText(type: string, known: KnownNames): string {
  if (type === '') return '';
  const plain = type
    .replaceAll('(string & {})', 'string')
    .replaceAll(/\s+/g, ' ')
    .replace(/ \| undefined$/, '')
    .replace(/^\((.*=>.*)\)$/, '$1');
  const parts = /[<({]/.test(plain) ? [plain] : plain.split(' | ');
  return parts
    .map((part) => {
      const named = part.match(/(?<!')\b\w+/g)?.filter((word) => known.has(word)) ?? [];
      return named.length === 1 ? link(named[0]!, part) : `\`${part}\``;
    })
    .join(' | ');
}

export function link(name: string, title = name): string {
  return `[\`${title}\`](#${anchorOf(name)})`;
}

/** Turns `{@link Name}` into a link within the page. */
export function proseText(text: string, known: KnownNames): string {
  return text.replaceAll(/\{@link (\w+)\}/g, (_, name: string) => (known.has(name) ? link(name) : `\`${name}\``));
}

/** Returns whether a table can hold the whole text. */
export function fitsInCell({ text, tags }: Docstring): boolean {
  return text.length <= longestCell && !text.includes('\n') && !tags.some(({ name }) => name === 'throws' || name === 'example');
}

export function firstSentence(text: string): string {
  const [paragraph = ''] = text.split('\n');
  const sentence = /^.+?\.(?= [A-Z`]|$)/.exec(paragraph)?.[0] ?? paragraph;
  return sentence.replace(/:$/, '.');
}

/** Joins blocks, and leaves out the empty ones. */
export function blocks(...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n\n');
}

export function codeBlock(code: string): string {
  return `\`\`\`ts\n${code}\n\`\`\``;
}

/** The address of a heading of code within its page, as GitHub makes it. */
export function anchorOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^\w-]/g, '');
}

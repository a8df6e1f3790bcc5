/** The text of a page without its code blocks, in which `#` and `|` mean something else. */
export function proseOf(page: string): string {
  return page.replaceAll(/^(`{3,})[^]*?^\1$/gm, '');
}

export function headingsOf(page: string): string[] {
  return [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, title]) => title!);
}

/** The part of a page from one heading to the next of the same or a higher level. */
export function sectionOf(page: string, title: string): string {
  const lines = proseOf(page).split('\n');
  const start = lines.findIndex((line) => line.replace(/^#+ /, '') === title && line.startsWith('#'));
  if (start < 0) return '';
  const level = lines[start]!.indexOf(' ');
  const length = lines.slice(start + 1).findIndex((line) => /^#+ /.test(line) && line.indexOf(' ') <= level);
  return lines.slice(start, length < 0 ? undefined : start + 1 + length).join('\n');
}

/** The address of a heading within its page, as GitHub makes it. */
export function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(/\s/g, '-');
}

/** The addresses within a page: its headings, and its own ids. */
export function anchorsOf(page: string): Set<string> {
  const ids = [...proseOf(page).matchAll(/<\w+[^>]* (?:id|name)="([^"]+)"/g)].map(([, id]) => id!);
  return new Set([...headingsOf(page).map(anchorOf), ...ids]);
}

/** The targets of all links and images of a page, in Markdown and in HTML. */
export function targetsOf(page: string): string[] {
  const prose = proseOf(page).replaceAll(/`[^`\n]*`/g, '``');
  const inText = prose.matchAll(/\]\(<?([^)\s>]+)[^)]*\)/g);
  const byReference = prose.matchAll(/^\[[^\]]+\]: *(\S+)/gm);
  const inHtml = prose.matchAll(/ (?:href|src|srcset)="([^"\s]+)[^"]*"/g);
  return [...inText, ...byReference, ...inHtml].map(([, target]) => target!);
}

/** The anchors within the page that lead to no heading of it. */
export function deadAnchorsIn(page: string): string[] {
  const anchors = anchorsOf(page);
  const named = targetsOf(page).filter((target) => target.startsWith('#'));
  return named.map((target) => target.slice(1)).filter((name) => !anchors.has(name));
}

export interface Row {
  /** The heads of the table's columns. */
  readonly columns: string;
  /** What the row is about: its first cell, or one of the names in it. */
  readonly subject: string;
}

/** The rows of all tables. One with several names in its first cell is a row of each. */
export function rowsOf(page: string): Row[] {
  return [...proseOf(page).matchAll(/^(\|.+\|)\n\|[-:| ]+\|\n((?:\|.+\|\n?)+)/gm)].flatMap(([, columns, body]) =>
    [...body!.matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell]) => subjectsOf(cell!).map((subject) => ({ columns: columns!, subject }))),
  );
}

/** What two rows are about in tables with the same columns: they repeat or contradict each other. */
export function subjectsWithTwoRows(page: string): string[] {
  return repeated(rowsOf(page).map(({ columns, subject }) => `${subject} in ${columns}`));
}

function subjectsOf(cell: string): string[] {
  return /^`[^`]+`(, `[^`]+`)*$/.test(cell) ? cell.split(', ').map((name) => name.slice(1, -1)) : [cell];
}

/** What stands more than once. */
export function repeated(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))];
}

/** A comment of a declaration: its text as Markdown, and its block tags in their order. */
export interface Docstring {
  readonly text: string;
  readonly tags: readonly Tag[];
}

interface Tag {
  readonly name: string;
  readonly text: string;
}

export const emptyDocstring: Docstring = { text: '', tags: [] };

/** Reads the inside of a comment: the text before the first block tag, then each tag with its text. */
export function parseDocstring(inside: string): Docstring {
  const blocks: { name: string; lines: string[] }[] = [{ name: '', lines: [] }];
  let isInFence = false;
  for (const line of inside.split('\n')) {
    const [, name, rest = ''] = /^@(\w+) ?(.*)$/.exec(line) ?? [];
    if (name !== undefined && !isInFence) blocks.push({ name, lines: [rest] });
    else blocks.at(-1)!.lines.push(line);
    if (line.startsWith('```')) isInFence = !isInFence;
  }
  const [description, ...tags] = blocks.map(({ name, lines }) => ({ name, text: unwrap(lines.join('\n').trim()) }));
  return { text: description!.text, tags };
}

/** Returns the text of a tag; `undefined` if the comment does not have it. */
export function tagText({ tags }: Docstring, wanted: string): string | undefined {
  return tags.find(({ name }) => name === wanted)?.text;
}

/** Returns what a comment says of each parameter. */
export function parameterTexts({ tags }: Docstring): readonly (readonly [name: string, text: string])[] {
  return tags
    .filter(({ name }) => name === 'param')
    .map(({ text }) => {
      const [name = ''] = text.split(' ', 1);
      return [name, text.slice(name.length + 1)] as const;
    });
}

/** Returns the items of a list that describes the values of a union, such as "- `ok`: the server works". */
export function valueTexts({ text }: Docstring): readonly (readonly [value: string, text: string])[] {
  return [...text.matchAll(/^- `([^`]+)`: (.+)$/gm)].map(([, value, meaning]) => [value!, meaning!] as const);
}

/** Joins the lines of each paragraph and list item. Code blocks and tables stay as they are. */
function unwrap(text: string): string {
  const lines: string[] = [];
  let isInFence = false;
  for (const line of text.split('\n')) {
    const before = lines.at(-1) ?? '';
    const continues = !isInFence && before !== '' && line !== '' && !/^(?:- |\||```)/.test(line) && !/^(?:\||```)/.test(before);
    if (continues) lines.splice(-1, 1, `${before} ${line.trim()}`);
    else lines.push(line);
    if (line.startsWith('```')) isInFence = !isInFence;
  }
  return lines.join('\n');
}

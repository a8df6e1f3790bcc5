import { readFileSync } from 'node:fs';
import { blocks, proseText, table, typeText, type KnownNames } from './markdown.js';

interface Item {
  readonly name: string;
  readonly kind?: string;
  readonly description?: string;
  readonly default?: string;
  readonly type?: { readonly text: string };
  readonly parameters?: readonly Item[];
  readonly return?: { readonly type?: { readonly text: string } };
  readonly static?: boolean;
}

interface Element extends Item {
  readonly attributes: readonly Item[];
  readonly members: readonly Item[];
  readonly events: readonly Item[];
  readonly cssProperties: readonly Item[];
  readonly cssParts: readonly Item[];
}

interface Manifest {
  readonly modules: readonly { readonly declarations: readonly Element[] }[];
}

/** Renders the element from its manifest: attributes, properties, methods, events, CSS variables and parts. */
export function renderElement(path: string, example: string, known: KnownNames): string {
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  const element = manifest.modules[0]!.declarations[0]!;
  const members = element.members.filter((member) => !member.static);
  return blocks(
    `### \`${element.name}\``,
    proseText(paragraphs(element.description), known),
    example,
    '#### Attributes',
    itemTable('attribute', element.attributes, known),
    '#### Properties',
    itemTable(
      'property',
      members.filter(({ kind }) => kind === 'field'),
      known,
    ),
    '#### Methods',
    table(members.filter(({ kind }) => kind === 'method').map(methodRow)),
    '#### Events',
    itemTable('event', element.events, known),
    '#### CSS variables',
    itemTable('variable', element.cssProperties, known),
    '#### CSS parts',
    itemTable('part', element.cssParts, known),
  );
}

function itemTable(column: string, items: readonly Item[], known: KnownNames): string {
  return table(
    items.map((item) => ({
      [column]: `\`${item.name}\``,
      type: item.type ? typeText(item.type.text, known) : '',
      default: defaultText(item.default),
      meaning: oneLine(item.description),
    })),
  );
}

function methodRow({ name, description, return: result }: Item): Record<string, string> {
  return { method: `\`${name}(): ${result?.type?.text ?? 'void'}\``, meaning: oneLine(description) };
}

/** A default in quotes or with a CSS value is code; one in words is not. */
function defaultText(value: string | undefined): string {
  return value === undefined || value.startsWith('the ') ? (value ?? '') : `\`${value}\``;
}

function paragraphs(text = ''): string {
  return text.replaceAll(/(?<!\n)\n(?!\n)/g, ' ');
}

function oneLine(text = ''): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

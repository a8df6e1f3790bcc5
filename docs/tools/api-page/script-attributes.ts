import { Project, SyntaxKind } from 'ts-morph';
import type { Member } from './declarations.js';
import { needsSection } from './render-declaration.js';
import { firstSentence, link, table, typeText, type KnownNames } from './markdown.js';

/** What the text of an attribute is read as, by the function that reads it: src/script/script-options.ts. */
const kinds: Readonly<Record<string, string>> = {
  readText: 'text',
  readNumber: 'number',
  readDate: 'epoch milliseconds, or a date such as `2030-01-31T12:00Z`',
  readBoolean: '`true` or `false`; empty means `true`',
};

/** Renders the attributes of the script tag: one for each option that text can hold. */
export function scriptAttributes(path: string, options: readonly Member[], known: KnownNames): string {
  const rows = attributeReaders(path).map(([option, reader]) => {
    const member = options.find(({ name }) => name === option)!;
    const value = option === 'storage' ? typeText(member.type, known).replace(/ \| \[.*$/, '') : kinds[reader]!;
    return {
      attribute: `\`data-${option.replaceAll(/[A-Z]/g, '-$&').toLowerCase()}\``,
      value,
      option: needsSection(member) ? link(`IceServersOptions.${option}`, option) : link('IceServersOptions', option),
      meaning: firstSentence(member.doc.text),
    };
  });
  return table(rows);
}

function attributeReaders(path: string): [option: string, reader: string][] {
  const source = new Project({ skipAddingFilesFromTsConfig: true }).addSourceFileAtPath(path);
  const readers = source.getVariableDeclarationOrThrow('readers').getFirstDescendantByKindOrThrow(SyntaxKind.ObjectLiteralExpression);
  return readers
    .getProperties()
    .map((property) => property.asKindOrThrow(SyntaxKind.PropertyAssignment))
    .map((property) => [property.getName(), property.getInitializerOrThrow().getText()]);
}

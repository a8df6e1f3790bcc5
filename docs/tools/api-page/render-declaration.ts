import type { Declaration, Member } from './declarations.js';
import { parameterTexts, tagText, valueTexts, type Docstring } from './docstring.js';
import { blocks, codeBlock, firstSentence, fitsInCell, link, proseText, table, typeText, type KnownNames } from './markdown.js';

/** Renders one export: its heading, what it does, its values or members, and an example. */
export function renderDeclaration(declaration: Declaration, known: KnownNames): string {
  const { name, code, doc, bases, members } = declaration;
  const values = valueTexts(doc);
  return blocks(
    `### \`${name}\``,
    code && members.length === 0 && values.length === 0 ? codeBlock(code) : '',
    proseText(withoutValues(doc.text), known),
    valueTable(values),
    bases.length > 0 ? `It also has every member of ${bases.map((base) => typeText(base, known)).join(' and ')}.` : '',
    callText(doc, known),
    memberTable(name, members, known),
    exampleText(doc),
    ...members.filter(needsSection).map((member) => memberSection(name, member, known)),
  );
}

/** The values of a union, and what each of them means. */
export function valueTable(values: readonly (readonly [value: string, text: string])[]): string {
  return table(values.map(([value, text]) => ({ value: `\`${value}\``, meaning: sentence(text) })));
}

/** The parameters, the result and the errors of a function. */
export function callText(doc: Docstring, known: KnownNames): string {
  const parameters = parameterTexts(doc).map(([name, text]) => `- \`${name}\`: ${proseText(text, known)}`);
  const named = [
    ['Returns', tagText(doc, 'returns')],
    ['Throws', tagText(doc, 'throws')],
  ].filter(([, text]) => text !== undefined);
  return blocks(
    parameters.join('\n'),
    ...named.map(([title, text]) => `**${title}** ${proseText(text!, known)}${text!.endsWith('.') ? '' : '.'}`),
  );
}

function exampleText(doc: Docstring): string {
  return tagText(doc, 'example') ?? '';
}

function withoutValues(text: string): string {
  return text.replaceAll(/^- `[^`]+`: .+\n?/gm, '').trim();
}

/** Renders only the members, each in a row that has room for its whole text. */
export function renderMembers({ members }: Declaration, known: KnownNames): string {
  return table(members.map((member) => row(member, `\`${member.name}\``, member.doc.text, known)));
}

function memberTable(owner: string, members: readonly Member[], known: KnownNames): string {
  return table(
    members.map((member) => {
      const { text } = member.doc;
      return needsSection(member)
        ? row(member, link(`${owner}.${member.name}`, callName(member)), firstSentence(text), known)
        : row(member, `\`${callName(member)}\``, text, known);
    }),
  );
}

function row({ type, isMethod, doc }: Member, name: string, text: string, known: KnownNames): Record<string, string> {
  return {
    name,
    type: typeText(isMethod ? callType(type) : type, known),
    unit: tagText(doc, 'unit') ?? '',
    default: tagText(doc, 'default') ?? '',
    meaning: proseText(text.replaceAll('\n', ' '), known),
  };
}

/** Renders the whole text of a member that its row has no room for. */
function memberSection(owner: string, member: Member, known: KnownNames): string {
  const { name, doc } = member;
  return blocks(
    `#### \`${owner}.${name}\``,
    member.isMethod ? codeBlock(member.type) : '',
    proseText(doc.text, known),
    callText(doc, known),
    exampleText(doc),
  );
}

/** Returns the signature of a method without its name. One of an overload is too long for a cell. */
function callType(signature: string): string {
  const type = signature.replace(/^[^(]*|;$/g, '');
  return signature.includes('<Name') ? '' : type;
}

/** Returns whether a member has more to say than a row can hold. */
export function needsSection({ doc }: Member): boolean {
  return !fitsInCell(doc);
}

function callName({ name, isMethod }: Member): string {
  return isMethod ? `${name}()` : name;
}

export function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}${/[.;]$/.test(text) ? '' : '.'}`;
}

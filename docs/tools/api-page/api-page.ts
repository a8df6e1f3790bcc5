import { policyFor } from '../../../src/errors/error-policy.js';
import type { IceServersErrorCode } from '../../../src/index.js';
import { regions } from '../../../src/regions.js';
import { readExports, readInterface, type Declaration } from './declarations.js';
import { tagText, valueTexts } from './docstring.js';
import { renderElement } from './element-manifest.js';
import { blocks, link, proseText, table, type KnownNames } from './markdown.js';
import { renderDeclaration, renderMembers, sentence } from './render-declaration.js';
import { scriptAttributes } from './script-attributes.js';

const elementClass = 'IceConnectivityElement';

/** Returns the whole page of the API. It needs the built declarations, and the built manifest of the element. */
export function apiPage(): string {
  const main = readExports('dist/index.d.ts');
  const connectivity = readExports('dist/connectivity.d.ts');
  const element = readExports('dist/element.d.ts');
  const known = new Set([...main, ...connectivity, ...element].map(({ name }) => name));
  const sections = [
    introduction,
    contents('ice-servers-loader', main),
    contents('ice-servers-loader/connectivity', connectivity),
    contents('ice-servers-loader/element', element),
    'The script tag: [the global `IceServers`](#script-tag).',
    '## `ice-servers-loader`',
    ...main.map((one) => renderMain(one, known)),
    '## `ice-servers-loader/connectivity`',
    ...connectivity.map((one) => renderDeclaration(one, known)),
    '## `ice-servers-loader/element`',
    ...element.map((one) => renderElementExport(one, known)),
    scriptTag(main, known),
  ];
  return `${blocks(...sections)}\n`;
}

const introduction = `# API

<!-- Generated from the comments of the types in src. To renew it: npm run docs -->

Every export, option, method, event and error code. All times are in the unit that the table names. A date is a \`Date\` or epoch milliseconds, and in \`ExpiringApiKey\` also an ISO 8601 string.
The package never puts an API key, a username or a credential into an error, an event or a report.`;

function contents(title: string, declarations: readonly Declaration[]): string {
  return `\`${title}\`: ${declarations.map(({ name }) => link(name)).join(', ')}.`;
}

/** Two exports of the main entry have a list that is not in their comment: the error codes with their policy, and the regions. */
function renderMain(declaration: Declaration, known: KnownNames): string {
  if (declaration.name === 'IceServersErrorCode') return errorCodes(declaration, known);
  if (declaration.name !== 'regions') return renderDeclaration(declaration, known);
  const { code: _, ...withoutCode } = declaration;
  return blocks(renderDeclaration({ ...withoutCode, code: undefined }, known), regions.map((name) => `\`${name}\``).join(', '));
}

function errorCodes({ name, doc }: Declaration, known: KnownNames): string {
  const [lead = ''] = doc.text.split('\n\n');
  const rows = valueTexts(doc).map(([code, text]) => ({
    code: `\`${code}\``,
    retryable: policyFor(code as IceServersErrorCode).retryable ? 'yes' : 'no',
    meaning: proseText(sentence(text), known),
  }));
  return blocks(`### \`${name}\``, lead, table(rows));
}

function renderElementExport(declaration: Declaration, known: KnownNames): string {
  if (declaration.name !== elementClass) return renderDeclaration(declaration, known);
  return renderElement('dist/custom-elements.json', tagText(declaration.doc, 'example') ?? '', known);
}

function scriptTag(main: readonly Declaration[], known: KnownNames): string {
  const options = main.find(({ name }) => name === 'IceServersOptions')!.members;
  const values = main.filter(({ isType }) => !isType).map(({ name }) => link(name));
  return blocks(
    '## Script tag',
    `\`ice-servers-loader.iife.js\` sets the global \`IceServers\`. It has every value that \`ice-servers-loader\` exports: ${values.join(', ')}. It also has these members:`,
    renderMembers(readInterface('src/script/types.ts', 'ScriptGlobal'), known),
    'The options are attributes of the tag, whose values are text. If the hyphens in a name are missing, in the wrong place, or written as underscores, as in `apikey`, `time-out` or `api_key`, `ready` rejects. All other `data-*` attributes are ignored.',
    scriptAttributes('src/script/script-options.ts', options, known),
    'Events of `document`:',
    renderMembers(readInterface('src/script/types.ts', 'ScriptEventMap'), known),
  );
}

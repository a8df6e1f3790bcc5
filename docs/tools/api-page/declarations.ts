import {
  ModuleKind,
  ModuleResolutionKind,
  Node,
  Project,
  ScriptTarget,
  type ExportedDeclarations,
  type FunctionDeclaration,
  type JSDocableNode,
  type TypeNode,
} from 'ts-morph';
import { emptyDocstring, parseDocstring, type Docstring } from './docstring.js';

export interface Member {
  readonly name: string;
  /** The type of a property; the signature of a method. */
  readonly type: string;
  readonly isMethod: boolean;
  readonly isOptional: boolean;
  readonly doc: Docstring;
}

export interface Declaration {
  readonly name: string;
  readonly isType: boolean;
  /** The declaration as TypeScript; `undefined` for an interface, whose members say it all. */
  readonly code: string | undefined;
  readonly bases: readonly string[];
  readonly members: readonly Member[];
  readonly doc: Docstring;
}

const longestLine = 120;

const project = new Project({
  skipAddingFilesFromTsConfig: true,
  compilerOptions: { module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler, target: ScriptTarget.ES2022 },
});

/** Reads every export of a file of declarations, values before types, each in the order of the alphabet. */
export function readExports(path: string): Declaration[] {
  const exported = project.addSourceFileAtPath(path).getExportedDeclarations();
  return [...exported].map(([name, [node]]) => readDeclaration(name, node!)).sort(byKindAndName);
}

/** Reads one declaration of a file, exported or not. */
export function readInterface(path: string, name: string): Declaration {
  return readDeclaration(name, project.addSourceFileAtPath(path).getInterfaceOrThrow(name));
}

function byKindAndName(left: Declaration, right: Declaration): number {
  return Number(left.isType) - Number(right.isType) || (left.name < right.name ? -1 : 1);
}

function readDeclaration(name: string, node: ExportedDeclarations): Declaration {
  const isType = Node.isInterfaceDeclaration(node) || Node.isTypeAliasDeclaration(node);
  const bases = Node.isInterfaceDeclaration(node) ? node.getExtends().map((base) => base.getText()) : [];
  return { name, isType, code: codeOf(node), bases, members: membersOf(node), doc: docOf(node) };
}

function codeOf(node: ExportedDeclarations): string | undefined {
  if (Node.isInterfaceDeclaration(node) || Node.isClassDeclaration(node)) return undefined;
  if (Node.isFunctionDeclaration(node)) return functionCode(node);
  const type = Node.isTypeAliasDeclaration(node) ? node.getTypeNode() : undefined;
  const code = node
    .getText()
    .replace(/^export (?:declare )?/, '')
    .replaceAll('    ', '  ');
  if (!Node.isUnionTypeNode(type) || code.length < longestLine) return code;
  return `type ${node.getSymbolOrThrow().getName()} =\n${type
    .getTypeNodes()
    .map((one) => `  | ${one.getText()}`)
    .join('\n')};`;
}

function functionCode(node: FunctionDeclaration): string {
  const parameters = node.getParameters().map((one) => one.getText().replaceAll('    ', '  '));
  const result = node.getReturnTypeNodeOrThrow().getText();
  const code = `function ${node.getName()}(${parameters.join(', ')}): ${result};`;
  if (code.length < longestLine || parameters.length === 1) return code;
  return `function ${node.getName()}(\n${parameters.map((one) => `  ${one},\n`).join('')}): ${result};`;
}

function membersOf(node: Node): Member[] {
  if (Node.isInterfaceDeclaration(node)) return node.getMembers().flatMap(readMember);
  if (Node.isClassDeclaration(node)) return [...node.getConstructors(), ...node.getInstanceMembers()].flatMap(readMember);
  const type = Node.isTypeAliasDeclaration(node) ? node.getTypeNode() : undefined;
  if (!Node.isIntersectionTypeNode(type)) return [];
  return type.getTypeNodes().flatMap(interfaceMembers);
}

/** An intersection of interfaces is read like one interface. */
function interfaceMembers(type: TypeNode): Member[] {
  const declarations = type.getType().getSymbol()?.getDeclarations() ?? [];
  return declarations.filter((one) => Node.isInterfaceDeclaration(one) && !one.getSourceFile().isInNodeModules()).flatMap(membersOf);
}

/** Returns the member; nothing for an overload without a comment, which the documented one stands for. */
function readMember(node: Node): Member[] {
  const isProperty = Node.isPropertySignature(node) || Node.isPropertyDeclaration(node);
  if (isProperty) {
    const isOptional = node.hasQuestionToken();
    const type = node.getTypeNode()?.getText() ?? node.getInitializer()?.getText() ?? '';
    return [{ name: node.getName().replaceAll("'", ''), type, isMethod: false, isOptional, doc: docOf(node) }];
  }
  if (Node.isConstructorDeclaration(node)) {
    const owner = node.getParentOrThrow().getSymbolOrThrow().getName();
    return [
      {
        name: 'constructor',
        type: node.getText().replace('constructor', `new ${owner}`),
        isMethod: true,
        isOptional: false,
        doc: docOf(node),
      },
    ];
  }
  const isMethod = Node.isMethodSignature(node) || Node.isMethodDeclaration(node);
  if (!isMethod || node.getJsDocs().length === 0) return [];
  return [{ name: node.getName(), type: node.getText().replaceAll(/\s+/g, ' '), isMethod, isOptional: false, doc: docOf(node) }];
}

function docOf(node: Node): Docstring {
  const holder = Node.isVariableDeclaration(node) ? node.getVariableStatement() : node;
  if (!holder || !Node.isJSDocable(holder)) return emptyDocstring;
  return docstringOf(holder);
}

function docstringOf(node: JSDocableNode): Docstring {
  const comment = node.getJsDocs().at(-1);
  return comment ? parseDocstring(comment.getInnerText()) : emptyDocstring;
}

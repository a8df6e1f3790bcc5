import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { markdownTable } from 'markdown-table';
import { writeToReadme } from './readme.js';
import { brotliKb, costs, type Bundle } from './source-sizes.js';

// Measures what each export costs in an app, and which parts of the source the bytes come from. It reads the built files.

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });

const exported = {
  index: [
    'loadRTCConfiguration',
    'createIceServersLoader',
    'keepFresh',
    'regions',
    'staticIceServers',
    'IceServersError',
    'isIceServersError',
  ],
  connectivity: ['testConnectivity', 'compareRegions'],
} as const;

const loader = "export { loadRTCConfiguration } from './index.js';";
const dependencies = ['ky', 'idb-keyval'];

/** What the code is for, and the files of it. */
const rules: readonly (readonly [rule: string, files: RegExp])[] = [
  ['`keepFresh`: moving live connections to new credentials', /^src\/keep-fresh/],
  ['options: checks, messages, and finding the source', /^src\/options/],
  [
    'storage between pages: format, limits, broken storage',
    /^src\/(?:cache\/(?!credential-cache|cached-answer)|utils\/digest|loader\/entry-name)/,
  ],
  ['one request for all `load` calls on a page', /^src\/request\/(?:shared-request|request-coordinator|combined-demand)/],
  ['one request for all tabs', /^src\/request\/tab-lock/],
  ['the request itself: `apiKey` and `getServers` functions, retries, statuses', /^src\/request/],
  ['the response: shapes, checks of URLs and secrets, limits', /^src\/credentials\/(?:body|parse|ice|blocked)/],
  ['time: freshness, remaining validity, cool-downs', /^src\/(?:credentials\/(?:freshness|cooldown)|cache\/cached-answer)/],
  ['what is known about one source', /^src\/cache\/credential-cache/],
  ['background refresh: timer and wake-up events', /^src\/loader\/refresh-scheduler/],
  ['one loader for equal options', /^src\/loader\/shared-loaders/],
  ['the public object: `load`, `peek`, status, events, fallback', /^src\/loader/],
  ['errors: codes, messages, and what each code means', /^src\/errors/],
];

/** The files of the element that only `mode="developer"` needs. */
const developerFiles =
  /developer|panel-views|tabs-view|regions-view|strip-view|code-samples|earlier-runs|masked-configuration|region-words|connectivity\/(?:compare-)?region/;

const everything = await bundle("export * from './index.js';");
const result = [await exportsTable(), rulesTable(), await elementTable()].join('\n\n');
console.log(`${result}\n\n${filesTable()}`);
if (values.write) writeToReadme('sizes', result);

async function exportsTable(): Promise<string> {
  const rows: string[][] = [];
  for (const [file, names] of Object.entries(exported)) {
    for (const name of names) rows.push(await exportRow(`\`${name}\``, `export { ${name} } from './${file}.js';`));
    rows.push(await exportRow(`everything in \`${nameOf(file)}\``, `export * from './${file}.js';`));
  }
  const withDependencies = await bundle("export * from './index.js';", []);
  rows.push(['everything in `ice-servers-loader`, with ky and idb-keyval', format(brotliKb(withDependencies.code)), '']);
  return markdownTable([['export', 'alone, kB', 'added to `loadRTCConfiguration`, kB'], ...rows], { align: ['l', 'r', 'r'] });
}

async function exportRow(title: string, code: string): Promise<string[]> {
  const alone = await bundle(code);
  if (code === loader) return [title, format(brotliKb(alone.code)), ''];
  const [base, both] = await Promise.all([bundle(loader), bundle(`${loader}\n${code}`)]);
  return [title, format(brotliKb(alone.code)), format(Math.max(0, brotliKb(both.code) - brotliKb(base.code)))];
}

function rulesTable(): string {
  return costTable('rule', everything, (source) => rules.find(([, files]) => files.test(source))?.[0] ?? 'the rest');
}

function filesTable(): string {
  return costTable('file', everything, (source) => source);
}

async function elementTable(): Promise<string> {
  return costTable('part of `ice-servers-loader/element`', await bundle("export * from './element.js';"), partOfElement);
}

function partOfElement(source: string): string {
  if (source.startsWith('node_modules/')) return source.split('/')[1]!;
  if (developerFiles.test(source)) return 'developer mode, with its strings, styles and region comparison';
  if (/element\/(?:english|strings)/.test(source)) return 'the English strings';
  if (source.startsWith('src/element/views/')) return 'views';
  if (source.startsWith('src/element/styles/')) return 'styles';
  if (source.startsWith('src/element')) return 'state, outcome and report';
  return source.startsWith('src/connectivity/') ? 'connectivity tests' : 'loader';
}

function costTable(title: string, from: Bundle, groupOf: (source: string) => string): string {
  const rows = costs(from, groupOf).map(([group, kB]) => [group, kB.toFixed(2)]);
  return markdownTable([[title, 'kB'], ...rows], { align: ['l', 'r'] });
}

/** Bundles and minifies what an app imports from the built files. */
async function bundle(code: string, external: string[] = dependencies): Promise<Bundle> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: new URL('../dist/', import.meta.url).pathname },
    bundle: true,
    minify: true,
    format: 'esm',
    external,
    legalComments: 'none',
    sourcemap: 'external',
    outfile: 'bundle.js',
    write: false,
  });
  const textOf = (extension: string): string => outputFiles.find(({ path }) => path.endsWith(extension))!.text;
  return { code: textOf('.js'), map: textOf('.map') };
}

function nameOf(file: string): string {
  return file === 'index' ? 'ice-servers-loader' : `ice-servers-loader/${file}`;
}

function format(kB: number): string {
  return kB.toFixed(1);
}

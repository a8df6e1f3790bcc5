import { execa } from 'execa';
import { expect, test } from '../support/test.js';
import { folderOf, write } from './installed.js';

const use = `
import { createIceServersLoader, isIceServersError, loadRTCConfiguration, staticIceServers, type IceServersOptions } from 'ice-servers-loader';
import { compareRegions, testConnectivity, type Verdict } from 'ice-servers-loader/connectivity';

const region: string | undefined = undefined;
const options: IceServersOptions = { appName: 'demo', apiKey: 'a', region, maxAge: 60, storage: { get: () => 1, set: () => {}, delete: () => {} } };
const loader = createIceServersLoader(options);
loader.addEventListener('error', (event) => event.detail.code satisfies string);
loader.addEventListener('refresh', (event) => event.detail.fetchedAt satisfies number);
export const verdict: Promise<Verdict> = loadRTCConfiguration(options).then(async (configuration) => (await testConnectivity(configuration)).verdict);
export const name = (error: unknown): string => (isIceServersError(error) ? error.code : String(error));
export const list: RTCIceServer[] = staticIceServers({ username: 'u', credential: 'c' });
export const rank = compareRegions(options, { regions: ['europe'] });
// @ts-expect-error: maxAge is a number
createIceServersLoader({ appName: 'demo', apiKey: 'a', maxAge: 'soon' });
// @ts-expect-error: a misspelt option
createIceServersLoader({ appName: 'demo', apikey: 'a' });
`;

const strict = ['--noEmit', '--strict', '--target', 'es2022', '--pretty', 'false'];
const dom = ['--lib', 'es2022,dom', '--skipLibCheck', 'false'];

const check = async (compiler: string, ...options: string[]): Promise<string[]> => {
  await write('types', 'use.ts', use);
  // Through Node: the compilers' names in .bin are all tsc.
  const { stdout } = await execa('node', [folderOf('types', 'node_modules', compiler, 'bin/tsc'), ...strict, ...options, 'use.ts'], {
    cwd: folderOf('types'),
    reject: false,
  });
  return stdout.split('\n').filter(Boolean);
};

for (const [version, compiler] of [
  ['5.5', 'typescript-5.5'],
  ['5.9', 'typescript-5.9'],
  ['6', 'typescript-6'],
  ['7', 'typescript'],
] as const) {
  test(`TypeScript ${version} takes the types as a bundler and as Node resolve them, with and without exactOptionalPropertyTypes`, async () => {
    expect(await check(compiler, ...dom, '--module', 'esnext', '--moduleResolution', 'bundler', '--exactOptionalPropertyTypes')).toEqual(
      [],
    );
    expect(await check(compiler, ...dom, '--module', 'nodenext', '--moduleResolution', 'nodenext')).toEqual([]);
  });
}

for (const [version, compiler, module, resolution, ...more] of [
  ['5.5', 'typescript-5.5', 'node16', 'node16'],
  ['5.5', 'typescript-5.5', 'esnext', 'node'],
  // The last one that has it.
  ['6', 'typescript-6', 'esnext', 'node', '--ignoreDeprecations', '6.0'],
] as const) {
  test(`C-74: TypeScript ${version} finds every subpath with moduleResolution ${resolution}`, async () => {
    expect(await check(compiler, ...dom, '--module', module, '--moduleResolution', resolution, ...more)).toEqual([]);
  });
}

test('without the DOM in lib the types ask for the names of the platform, and for nothing else', async () => {
  const complaints = await check('typescript', '--module', 'nodenext', '--lib', 'es2022', '--skipLibCheck', 'false');
  const missing = new Set(complaints.flatMap((line) => /Cannot find name '(\w+)'/.exec(line)?.[1] ?? []));
  expect(
    [...missing].filter((name) => !/^(RTC|URL$|Event|AbortSignal$|CustomEvent$|AddEventListenerOptions$|Request|Response)/.test(name)),
  ).toEqual([]);
  expect(complaints.filter((line) => /^node_modules/.test(line) && !/Cannot find name/.test(line))).toEqual([]);
});

import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Page } from '@playwright/test';
import { build, type Plugin, type Rollup } from 'vite';
import { compileScript, parse } from 'vue/compiler-sfc';
import type { StandIn } from '../../demo/server/stand-in.js';
import type { Site } from './site.js';

const root = fileURLToPath(new URL('../recipes', import.meta.url));

/** What every recipe is run with beside its own text: a direct path would hide that the servers were never used. */
const relayOnly = replaceKey('relay-only', "$&, rtcConfiguration: { iceTransportPolicy: 'relay' }");

/** A deployment without its environment. */
const withoutKey = replaceKey('without-key', 'apiKey: undefined');

function replaceKey(name: string, replacement: string): Plugin {
  return {
    name,
    enforce: 'pre',
    transform: (code, id) => (id.startsWith(root) ? code.replace(/apiKey: '\w+'/, replacement) : undefined),
  };
}

/** An app of signed-in users takes its loader from the account. */
export const signedIn: Plugin = {
  name: 'signed-in',
  enforce: 'pre',
  transform: (code, id) => {
    if (id === `${root}/ice-servers.ts`) return "export { getLoader } from './account';";
    return id.startsWith(root) ? code.replace('cacheKey: id', "$&, rtcConfiguration: { iceTransportPolicy: 'relay' }") : undefined;
  },
};

/** Compiles the one component of a Vue file, as Vue's own plugin does. */
const vueFiles: Plugin = {
  name: 'vue-files',
  transform(source, id) {
    if (!id.endsWith('.vue')) return undefined;
    const { descriptor } = parse(source, { filename: id });
    const { content } = compileScript(descriptor, { id, inlineTemplate: true });
    return { code: content, moduleType: 'ts' };
  },
};

/** Bundles what a page does with a recipe, as an app of its own would be, against the built package. */
const bundle = async (entry: string, key: Plugin): Promise<string> => {
  const output = (await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [key, vueFiles, svelte({ configFile: false })],
    oxc: { decorator: { legacy: true } },
    // Its other file needs Node's modules, which bundlers no longer bring.
    resolve: { alias: [{ find: /^simple-peer$/, replacement: 'simple-peer/simplepeer.min.js' }] },
    define: { 'process.env.NODE_ENV': '"development"' },
    build: { write: false, minify: false, target: targetOf(entry), lib: { entry: `pages/${entry}`, formats: ['es'], fileName: 'page' } },
  })) as Rollup.RollupOutput[];
  return output[0]!.output[0].code;
};

/** Angular's own build replaces async functions, which its zone cannot follow: https://github.com/angular/angular-cli/pull/19871 */
const targetOf = (entry: string): string => (entry.startsWith('angular') ? 'es2016' : 'baseline-widely-available');

const metered = 'https://demo.metered.live/**';

/** Where Metered's address leads: to the stand-in, to these servers, or to nowhere. */
type Answer = StandIn | RTCIceServer[] | 'no answer';

/** Opens a page of such a bundle, in which Metered's address leads to one of these, and every connection and request is noted. */
export const openRecipe = async (page: Page, site: Site, standIn: Answer, entry: string, key = relayOnly): Promise<void> => {
  await page.route(metered, async (route) => {
    if (Array.isArray(standIn)) await route.fulfill({ headers: { 'access-control-allow-origin': '*' }, json: standIn });
    else if (standIn !== 'no answer') await route.fulfill({ response: await route.fetch({ url: standIn.addressOf(standIn.apiKey) }) });
  });
  await page.addInitScript(() => {
    window.connections = [];
    window.signals = [];
    const { fetch } = window;
    window.fetch = (input, init) => {
      if (init?.signal) window.signals.push(init.signal);
      return fetch(input, init);
    };
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        window.connections.push(this);
      }
    };
  });
  const html = `<!doctype html><meta charset="utf-8"><title>${entry}</title><link rel="icon" href="data:,"><main></main><script type="module">`;
  await page.goto(site.page(`/${entry}`, `${html}${(await bundle(entry, key)).replaceAll('</script', String.raw`<\/script`)}</script>`));
};

/** Opens the page of a recipe that has no API key. */
export const openWithoutKey = (page: Page, site: Site, entry: string): Promise<void> =>
  openRecipe(page, site, 'no answer', entry, withoutKey);

/**
 * Waits until no connection asks its servers any more: coturn has said 401 to a good pair while turnadmin wrote a new user.
 */
export const gathered = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => window.connections.every(({ iceGatheringState }) => iceGatheringState !== 'gathering'));
};

/** Each answer brings a pair of its own from now on; gives the users so far. */
export const rotatePairs = async (page: Page, standIn: StandIn): Promise<string[]> => {
  const users: string[] = [];
  await page.route(metered, async (route) => {
    const { username, apiKey } = await standIn.createCredential();
    users.push(username);
    await route.fulfill({ response: await route.fetch({ url: standIn.addressOf(apiKey) }) });
  });
  return users;
};

/** Between which kinds of candidates each open connection of the page sends. */
export const pathsIn = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const open = window.connections.filter(({ connectionState }) => connectionState === 'connected');
    return Promise.all(
      open.map(async (connection) => {
        const stats = [...((await connection.getStats()) as unknown as Map<string, Record<string, string>>).values()];
        const chosen = stats.find(({ type }) => type === 'transport')?.selectedCandidatePairId;
        const pair = stats.find((one) => one.id === chosen || (one.selected as unknown) === true);
        const kinds = [pair?.localCandidateId, pair?.remoteCandidateId].map((id) => stats.find((one) => one.id === id)?.candidateType);
        return kinds.join(' to ');
      }),
    );
  });

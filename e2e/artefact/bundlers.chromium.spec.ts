import { expect, test } from '../support/test.js';
import { bundlers } from './bundle.js';
import { folderOf, write, type Project } from './installed.js';
import { serverCount } from '../support/turn.js';

const code = `
  import * as api from 'ice-servers-loader';
  import { testConnectivity } from 'ice-servers-loader/connectivity';
  Object.assign(window, { api, testConnectivity });
`;

const head = '<!doctype html><title>app</title><link rel="icon" href="data:,">';

const apps: [app: string, bundler: string, project: Project][] = [
  ['an app made by Vite', 'Vite', 'ky-1'],
  ['an app made by webpack', 'webpack', 'ky-1'],
  ['an app made by esbuild', 'esbuild', 'ky-1'],
  ['an app made by Rollup', 'Rollup', 'ky-1'],
  ['an app made by Vite with ky 2', 'Vite', 'ky-2'],
  ['C-74: an app made by Parcel, which does not read exports,', 'Parcel', 'without-exports'],
];

for (const [app, bundler, project] of apps) {
  test(`${app} loads, and tells a refused key by its code`, async ({ page, site, standIn }) => {
    const name = `${bundler}.js`;
    await write(project, name, code);
    await bundlers[bundler]!(project, name, `out-${bundler}`);
    const address = site.folder(`/${project}/${bundler}/`, folderOf(project, `out-${bundler}`));
    await page.goto(site.page(`/${project}-${bundler}`, `${head}<script type="module" src="${address}app.js"></script>`));
    const outcome = await page.evaluate(
      async (options) => {
        const { iceServers } = await window.api.loadRTCConfiguration(options);
        const refused: unknown = await window.api
          .loadRTCConfiguration({ ...options, apiKey: 'A'.repeat(48) })
          .catch((error: unknown) => error);
        return [iceServers.length, window.api.isIceServersError(refused) && refused.code];
      },
      { endpoint: standIn.endpoint, apiKey: standIn.apiKey },
    );
    expect(outcome).toEqual([serverCount, 'secret-key']);
    expect(await page.evaluate('typeof testConnectivity')).toBe('function');
  });
}

for (const project of ['ky-1', 'ky-2'] as const) {
  test(`a page with an import map and ${project} loads without a bundler`, async ({ page, site, standIn }) => {
    const modules = site.folder(`/${project}/node_modules/`, folderOf(project, 'node_modules'));
    const map = {
      imports: {
        'ice-servers-loader': `${modules}ice-servers-loader/dist/index.js`,
        'ice-servers-loader/connectivity': `${modules}ice-servers-loader/dist/connectivity.js`,
        ky: `${modules}ky/distribution/index.js`,
        'idb-keyval': `${modules}idb-keyval/dist/index.js`,
      },
    };
    await page.goto(
      site.page(`/map-${project}`, `${head}<script type="importmap">${JSON.stringify(map)}</script><script type="module">${code}</script>`),
    );
    await page.waitForFunction('window.api');
    const count = await page.evaluate(async (options) => (await window.api.loadRTCConfiguration(options)).iceServers.length, {
      endpoint: standIn.endpoint,
      apiKey: standIn.apiKey,
    });
    expect(count).toBe(serverCount);
  });
}

import type { Site } from '../support/site.js';
import { testSources } from '../support/source-table.js';
import { folderOf, packageIn } from './installed.js';

/** Leads to the packed package, and to the dependencies that npm installed for it. */
function importMap(site: Site): string {
  site.folder('/packed/', packageIn('ky-1'));
  site.folder('/packed-modules/', folderOf('ky-1', 'node_modules'));
  const imports = {
    'ice-servers-loader': '/packed/dist/index.js',
    ky: '/packed-modules/ky/distribution/index.js',
    'idb-keyval': '/packed-modules/idb-keyval/dist/index.js',
  };
  return `<script type="importmap">${JSON.stringify({ imports })}</script>`;
}

testSources(importMap);

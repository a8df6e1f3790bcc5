import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';

export type Route = (request: Request) => Response | Promise<Response>;

export interface Site {
  readonly origin: string;
  /** Serves this HTML under a path until the site stops. */
  readonly page: (path: string, html: string, headers?: Readonly<Record<string, string>>) => string;
  /** Serves the files of a folder under a path that ends with a slash. */
  readonly folder: (path: string, folder: string) => string;
  /** Answers requests for a path, as an app's own server does. */
  readonly route: (path: string, route: Route) => void;
  readonly stop: () => Promise<void>;
}

const root = new URL('../../', import.meta.url);
const files = /^\/(dist\/[\w.-]+|node_modules\/(?:ky|idb-keyval)\/[\w./-]+)$/;

/** What a page without a bundler says to find the two dependencies. */
export const importMap = `<script type="importmap">${JSON.stringify({
  imports: {
    'ice-servers-loader': '/dist/index.js',
    ky: '/node_modules/ky/distribution/index.js',
    'idb-keyval': '/node_modules/idb-keyval/dist/index.js',
  },
})}</script>`;

/** A page that puts the module's exports into `window.api`. */
export const modulePage = `<!doctype html><title>module</title><link rel="icon" href="data:,">${importMap}
<script type="module">import * as api from 'ice-servers-loader'; window.api = api;</script>`;

/** Serves the built files, as anybody's web server would; `first` stands at the top of each page. */
export const startSite = async (first = ''): Promise<Site> => {
  const pages = new Map<string, { html: string; headers?: Readonly<Record<string, string>> | undefined }>([
    ['/', { html: '<!doctype html><title>empty</title><link rel="icon" href="data:,">' }],
    ['/module', { html: modulePage }],
  ]);
  const folders = new Map<string, string>();
  const routes = new Map<string, ReturnType<typeof getRequestListener>>();

  const fileAt = (path: string): string | undefined => {
    const inPackage = files.exec(path)?.[1];
    if (inPackage) return fileURLToPath(new URL(inPackage, root));
    const prefix = [...folders.keys()].find((one) => path.startsWith(one) && !path.includes('..'));
    return prefix && join(folders.get(prefix)!, path.slice(prefix.length));
  };

  const server: Server = createServer((request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?');
    const file = fileAt(path);
    const page = pages.get(path);
    const route = routes.get(path);
    if (route) void route(request, response);
    else if (page)
      response
        .writeHead(200, { 'content-type': 'text/html', ...page.headers })
        .end(page.html.replace(/<!doctype html>/i, (doctype) => doctype + first));
    else if (file) {
      readFile(file).then(
        (body) => response.setHeader('content-type', /\.m?js$/.test(file) ? 'text/javascript' : 'text/plain').end(body),
        () => response.writeHead(404).end(),
      );
    } else response.writeHead(404).end();
  });

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    page: (path, html, headers) => {
      pages.set(path, { html, headers });
      return origin + path;
    },
    folder: (path, folder) => {
      folders.set(path, folder);
      return origin + path;
    },
    route: (path, route) => void routes.set(path, getRequestListener(route, { overrideGlobalObjects: false })),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

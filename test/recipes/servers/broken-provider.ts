import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** What goes wrong with Create Credential. Each repeats the address, and so the Secret Key, wherever it can. */
const troubles = {
  'answers 500': ({ url = '' }, response) => {
    response.writeHead(500, { 'x-address': url }).end(JSON.stringify({ message: `Failed: ${url}` }));
  },
  'answers 429': ({ url = '' }, response) => {
    response.writeHead(429, { 'retry-after': '1', 'x-address': url }).end(JSON.stringify({ message: `Too many: ${url}` }));
  },
  'sends HTML': ({ url = '' }, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>Sign in</title><p>${url}`);
  },
  'sends no apiKey': ({ url = '' }, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ message: url }));
  },
  'sends null': (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('null');
  },
  hangs: () => {},
  'never ends its body': ({ url = '' }, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write(`{"message":"${url}",`);
  },
  'cuts the connection': (request) => {
    request.socket.destroy();
  },
} satisfies Record<string, Handler>;

export type Trouble = keyof typeof troubles;

export const troubleNames = Object.keys(troubles) as Trouble[];

export interface BrokenProvider {
  /** What takes the place of Metered's address. */
  baseUrl(trouble: Trouble): string;
  stop(): Promise<void>;
}

export async function startBrokenProvider(): Promise<BrokenProvider> {
  const server = createServer((request, response) => {
    const [, trouble = ''] = (request.url ?? '').split('/');
    troubles[decodeURIComponent(trouble) as Trouble](request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    baseUrl: (trouble) => `${origin}/${encodeURIComponent(trouble)}`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

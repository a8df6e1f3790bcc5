import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { Browser, Page } from '@playwright/test';
import { startTurnServer, type TurnServer } from '../../demo/server/turn/turn-server.js';
import type * as Connectivity from '../../src/connectivity.js';
import { importMap, type Site } from './site.js';
import { expect, test as base } from './test.js';
import { hasCoturn, needCoturn } from './turn.js';

declare global {
  interface Window {
    connectivity: typeof Connectivity;
    /** Every RTCPeerConnection that the page made, closed or not. */
    made: RTCPeerConnection[];
    /** The most that were open at once. */
    mostOpen: number;
  }
}

export const username = 'user-5d1f';
export const credential = 'secret-credential-8c02';

/** A coturn with one user, and the switches given. */
export const startCoturn = async (...coturnArguments: string[]): Promise<TurnServer & AsyncDisposable> => {
  needCoturn();
  const turn = await startTurnServer({ kind: 'coturn', coturnArguments });
  await turn.addUser(username, credential);
  return Object.assign(turn, { [Symbol.asyncDispose]: () => turn.stop() });
};

/** A TCP port that takes connections and says nothing. */
export const startBlackHole = async (): Promise<{ port: number } & AsyncDisposable> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => void sockets.add(socket.on('error', () => {}).resume()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** Passes UDP on to a port of 127.0.0.1, each way so much later; on ::1 nobody listens. */
export const startUdpProxy = async (target: number, delayMs: number): Promise<{ port: number } & AsyncDisposable> => {
  const back = new Map<number, UdpSocket>();
  const front = createSocket('udp4');
  let isOpen = true;
  const later = (send: () => void): unknown => setTimeout(() => isOpen && send(), delayMs);
  front.on('message', (data, { port, address }) => {
    let socket = back.get(port);
    if (!socket) {
      socket = createSocket('udp4').on('message', (answer) => later(() => front.send(answer, port, address)));
      back.set(port, socket);
    }
    const own = socket;
    later(() => own.send(data, target, '127.0.0.1'));
  });
  await new Promise<void>((resolve) => front.bind(0, '127.0.0.1', resolve));
  return {
    port: front.address().port,
    [Symbol.asyncDispose]: async () => {
      isOpen = false;
      for (const socket of [front, ...back.values()]) socket.close();
    },
  };
};

/** Opens a page that has the built module and counts its connections. */
export const openConnectivity = async (page: Page, site: Site): Promise<Page> => {
  const address = site.page(
    '/connectivity',
    `<!doctype html><title>connectivity</title><link rel="icon" href="data:,">${importMap}
<script type="module">
  window.made = [];
  window.mostOpen = 0;
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...given) {
      super(...given);
      window.made.push(this);
      window.mostOpen = Math.max(window.mostOpen, window.made.filter(({ signalingState }) => signalingState !== 'closed').length);
    }
  };
  window.connectivity = await import('/dist/connectivity.js');
</script>`,
  );
  await page.goto(address);
  await page.waitForFunction(() => 'connectivity' in window);
  return page;
};

export type Run = Pick<Connectivity.ConnectivityReport, 'results' | 'verdict' | 'summary' | 'quality'> & {
  /** The report as a page would download it. */
  readonly text: string;
  readonly madeCount: number;
  readonly openCount: number;
};

/** Runs the test in the page; afterwards no connection may be open. */
export const runIn = (page: Page, iceServers: RTCIceServer[], options: Connectivity.ConnectivityOptions = {}): Promise<Run> =>
  page.evaluate(
    async ({ servers, given }) => {
      window.made = [];
      const report = await window.connectivity.testConnectivity({ iceServers: servers }, given);
      return {
        ...report.toJSON(),
        text: JSON.stringify(report),
        madeCount: window.made.length,
        openCount: window.made.filter(({ signalingState }) => signalingState !== 'closed').length,
      };
    },
    { servers: iceServers, given: options },
  );

/** The servers for some URLs, each TURN URL with the pair. */
export const serversFor = (urls: readonly string[], password: string = credential): RTCIceServer[] =>
  urls.map((url) => (url.startsWith('stun') ? { urls: url } : { urls: url, username, credential: password }));

export const statusesOf = ({ results }: { results: readonly { status: Connectivity.ServerStatus }[] }): Connectivity.ServerStatus[] =>
  results.map(({ status }) => status);

interface Fixtures {
  /** A coturn with one user. */
  readonly turn: TurnServer;
  /** An open page that has the built module in `window.connectivity`; in the end no connection of it may be open. */
  readonly connectivityPage: Page;
  /** Starts another browser of this project, with Chromium's arguments changed or more of Firefox's preferences. */
  readonly launch: (args: (given: string[]) => string[], preferences?: Record<string, boolean>) => Promise<Browser>;
}

interface Workers {
  /** Is there where coturn is. */
  readonly sharedTurn: TurnServer | undefined;
}

export const test = base.extend<Fixtures, Workers>({
  sharedTurn: [
    async ({}, use) => {
      const turn = hasCoturn ? await startCoturn() : undefined;
      await use(turn);
      await turn?.stop();
    },
    { scope: 'worker' },
  ],
  turn: async ({ sharedTurn }, use) => {
    needCoturn();
    await use(sharedTurn!);
  },
  connectivityPage: async ({ page, site }, use) => {
    await use(await openConnectivity(page, site));
    expect(await page.evaluate(() => window.made.filter(({ signalingState }) => signalingState !== 'closed').length)).toBe(0);
  },
  launch: async ({ browserName, playwright }, use, { project }) => {
    const started: Browser[] = [];
    const { launchOptions = {}, channel } = project.use;
    await use(async (args, preferences) => {
      const browser = await playwright[browserName].launch({
        ...launchOptions,
        ...(channel && { channel }),
        args: browserName === 'chromium' ? args([...(launchOptions.args ?? [])]) : [],
        firefoxUserPrefs: { ...launchOptions.firefoxUserPrefs, ...preferences },
      });
      started.push(browser);
      return browser;
    });
    for (const browser of started) await browser.close();
  },
});

export { expect };

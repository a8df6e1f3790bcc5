import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { execa } from 'execa';
import { Builder, Capabilities, type WebDriver } from 'selenium-webdriver';

const miniBrowser = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/webkit2gtk-4.1/MiniBrowser`;

/** WebKitWebDriver, and how to open a browser with it that remembers nothing. One is open at a time. */
export interface Driver {
  readonly openSession: () => Promise<WebDriver>;
  readonly stop: () => Promise<void>;
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/status`).then(
    ({ ok }) => ok,
    () => false,
  );

export const startDriver = async (): Promise<Driver> => {
  const port = await freePort();
  const running = execa('xvfb-run', ['-a', '/usr/bin/WebKitWebDriver', `--port=${port}`], {
    // WebKit's sandbox does not start for root.
    env: process.getuid?.() === 0 ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } : {},
    // xvfb-run passes no signal on: its whole group is ended.
    detached: true,
    stdio: 'ignore',
    reject: false,
  });
  let hasEnded = false;
  void running.then(() => (hasEnded = true));
  while (!(await answers(port))) {
    if (hasEnded) throw new Error('WebKitWebDriver ended as it started.');
  }
  return {
    openSession: () =>
      new Builder()
        .usingServer(`http://127.0.0.1:${port}`)
        .withCapabilities(
          new Capabilities({
            browserName: 'MiniBrowser',
            'webkitgtk:browserOptions': { binary: miniBrowser, args: ['--automation'] },
          }),
        )
        .build(),
    stop: async () => {
      if (!hasEnded) process.kill(-running.pid!, 'SIGTERM');
      await running;
    },
  };
};

import { existsSync } from 'node:fs';
import { execa } from 'execa';

// Makes sure of the browsers and the TURN server that the browser tests drive.

const wanted = [
  { file: '/usr/bin/chromium', package: 'chromium' },
  { file: '/usr/bin/firefox-esr', package: 'firefox-esr' },
  { file: '/usr/bin/turnserver', package: 'coturn' },
  { file: '/usr/bin/WebKitWebDriver', package: 'webkit2gtk-driver' },
  { file: '/usr/bin/xvfb-run', package: 'xvfb' },
] as const;

const missing = wanted.filter(({ file }) => !existsSync(file)).map((one) => one.package);
const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && existsSync('/etc/debian_version');

if (missing.length && canInstall) {
  console.log(`Installing ${missing.join(', ')} with apt-get.`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await execa('apt-get', ['update', '-qq'], { env, stdout: 'ignore', stderr: 'inherit' });
  await execa('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env, stdout: 'ignore', stderr: 'inherit' });
} else if (missing.length) {
  console.log(
    `Not here: ${missing.join(', ')}. Run "npx playwright install chromium", and install coturn (brew install coturn, apt-get install coturn); specs for what is missing are skipped.`,
  );
}

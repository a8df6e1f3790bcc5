import { execa } from 'execa';
import { isOnPath } from '../../demo/server/turn/is-on-path.js';
import { setUp } from './set-up.js';

// Run by npm test before anything else: npm run set-up.

async function install(packages: readonly string[]): Promise<void> {
  await aptGet('update', '-qq');
  // One at a time: a name that this Debian does not know would keep the others out.
  for (const name of packages) await aptGet('install', '-y', '-qq', '--no-install-recommends', name);
}

async function aptGet(...given: readonly string[]): Promise<void> {
  // Patient with a network that stumbles, and with another apt-get, such as that of a machine that has just started.
  const patience = ['-o', 'Acquire::Retries=3', '-o', 'DPkg::Lock::Timeout=120'];
  await execa('apt-get', [...patience, ...given], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    stdout: 'ignore',
    stderr: 'inherit',
    reject: false,
  });
}

await setUp({
  isRoot: process.getuid?.() === 0,
  hasAptGet: await isOnPath('apt-get', process.env['PATH']),
  isHere: (tool) => tool.isHere(),
  install,
  say: (sentence) => console.log(sentence),
});

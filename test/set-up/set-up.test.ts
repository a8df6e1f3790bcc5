import { expect, it } from 'vitest';
import { setUp, type Computer } from './set-up.js';
import { tools } from './tools.js';

type Name = keyof typeof tools;

it('root on Debian gets what is missing, and is told what that is', async () => {
  const { said, tried } = await setUpWith(['chromium', 'firefox'], {});
  expect(tried).toEqual(['webkit2gtk-driver', 'xvfb', 'coturn']);
  expect(said).toEqual(['Installing webkit2gtk-driver, xvfb and coturn with apt-get.']);
});

it('a computer that has everything is told nothing', async () => {
  expect(await setUpWith(['chromium', 'firefox', 'webkit', 'coturn'], {})).toEqual({ said: [], tried: [] });
});

it('whoever is not root is told in one sentence what is skipped, and which command installs it', async () => {
  const { said, tried } = await setUpWith(['chromium', 'webkit'], { isRoot: false });
  expect(tried).toEqual([]);
  expect(said).toEqual([
    'The tests that need Firefox and coturn are skipped, because apt-get needs root: to run them too, run "apt-get install firefox-esr coturn" as root.',
  ]);
});

it('outside Debian one sentence says what is skipped, and how to get it there', async () => {
  const { said, tried } = await setUpWith([], { isRoot: false, hasAptGet: false });
  expect(tried).toEqual([]);
  expect(said).toEqual([
    'The tests that need Chromium, Firefox, WebKit and coturn are skipped, because there is no apt-get here: to run them too, ' +
      'install Chromium with "npx playwright install chromium"; use Debian for Firefox and WebKit; install coturn with your package manager, such as with "brew install coturn".',
  ]);
});

it('what apt-get could not install is skipped, and the rest is there', async () => {
  const { said } = await setUpWith([], {}, packagesOf('chromium', 'webkit', 'coturn'));
  expect(said).toEqual([
    'Installing chromium, firefox-esr, webkit2gtk-driver, xvfb and coturn with apt-get.',
    'The tests that need Firefox are skipped, because apt-get could not install them: to run them too, use Debian for Firefox and WebKit.',
  ]);
});

/** Sets up a computer that has these tools, and can install the packages named; tells what it said and tried to install. */
async function setUpWith(
  has: Name[],
  computer: Partial<Computer>,
  installable: string[] = packagesOf('chromium', 'firefox', 'webkit', 'coturn'),
): Promise<{ said: string[]; tried: string[] }> {
  const installed = new Set(packagesOf(...has));
  const said: string[] = [];
  const tried: string[] = [];
  await setUp({
    isRoot: true,
    hasAptGet: true,
    isHere: ({ packages }) => packages.every((name) => installed.has(name)),
    install: async (packages) => {
      tried.push(...packages);
      for (const name of packages) if (installable.includes(name)) installed.add(name);
    },
    say: (sentence) => said.push(sentence),
    ...computer,
  });
  return { said, tried };
}

function packagesOf(...names: Name[]): string[] {
  return names.flatMap((name) => tools[name].packages);
}

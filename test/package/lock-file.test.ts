import { readFileSync } from 'node:fs';
import { satisfies } from 'semver';
import { expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

// npm ci warns of each of these, and whoever starts out here cannot know which warnings matter.

interface Package {
  readonly engines?: { readonly node?: string };
  readonly deprecated?: string;
  readonly hasInstallScript?: boolean;
}

const lockFile = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Package> };
const packages = Object.entries(lockFile.packages);

it.each(['20.19.0', '22.13.0', '24.0.0'])('every package says that it runs on Node %s', (version) => {
  expect(packages.filter(([, { engines }]) => !satisfies(version, engines?.node ?? '*')).map(([path]) => path)).toEqual([]);
});

it('no package is deprecated', () => {
  expect(packages.filter(([, { deprecated }]) => deprecated).map(([path]) => path)).toEqual([]);
});

it('every install script is allowed or denied', () => {
  const withScript = packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path.replace(/^.*node_modules\//, ''));
  expect(withScript.filter((name) => !(name in packageJson.allowScripts))).toEqual([]);
});

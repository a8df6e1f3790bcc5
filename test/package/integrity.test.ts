import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { documentationPages } from './snippets.js';

/** A tag may stand over several lines, with its attributes in this order. */
const scriptTag = /(npm\/ice-servers-loader@)[\w.-]+(\/dist\/)([\w.-]+)("\s+integrity=")sha384-[\w+/=]+(")/g;
/** A copy of the file on the reader's own server. */
const ownScriptTag = /(src="([\w.-]+)"\s+integrity=")sha384-[\w+/=]+(")/g;
/** An address without a digest: an import of a module, or a rule of a Content-Security-Policy. */
const address = /(npm\/ice-servers-loader@)\d[\w.-]*/g;

it.each(documentationPages())(
  '%s: the script tags have the version and the digest of this build; to renew them: --update',
  async (path) => {
    const page = readFileSync(path, 'utf8');
    const renewed = page
      .replaceAll(address, (_, name: string) => name + packageJson.version)
      .replaceAll(scriptTag, (_, name: string, folder: string, file: string, before: string, after: string) =>
        [name, packageJson.version, folder, file, before, digestOf(`dist/${file}`), after].join(''),
      )
      .replaceAll(ownScriptTag, (_, before: string, file: string, after: string) => before + digestOf(`dist/${file}`) + after);
    await expect(renewed).toMatchFileSnapshot(`../../${path}`);
  },
);

it('no tag at a CDN is without a digest', () => {
  for (const path of documentationPages()) {
    const page = readFileSync(path, 'utf8');
    const tags = page.match(/<script[^>]+src="https:[^>]+>/g) ?? [];
    expect(tags.filter((tag) => !/\sintegrity="sha384-[^"]+"\s+crossorigin="anonymous"/.test(tag))).toEqual([]);
  }
});

function digestOf(path: string): string {
  return `sha384-${createHash('sha384').update(readFileSync(path)).digest('base64')}`;
}

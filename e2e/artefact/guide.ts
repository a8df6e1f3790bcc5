import { readFileSync } from 'node:fs';
import { execa } from 'execa';
import { folderOf, write } from './installed.js';

const guide = readFileSync('docs/testing.md', 'utf8');

/** The text below a heading, up to the next one. */
function sectionOf(heading: string): string {
  const [, section] = guide.split(new RegExp(`^#+ ${heading}$`, 'm'));
  if (section === undefined) throw new Error(`docs/testing.md has no heading "${heading}"`);
  return section.split(/^##+ /m)[0]!;
}

/** Writes the files that stand below these headings, as a reader would. Their paths are their first lines. Returns the folder. */
export async function writeSamples(folder: string, headings: readonly string[], packageJson = {}): Promise<string> {
  await write('app-tests', `${folder}/package.json`, JSON.stringify({ private: true, ...packageJson }));
  for (const [, code, path] of headings
    .map(sectionOf)
    .join('')
    .matchAll(/^```[jt]s\n(\/\/ (\S+)\n[^]*?)^```/gm)) {
    await write('app-tests', `${folder}/${path}`, code!);
  }
  return folderOf('app-tests', folder);
}

/** Runs the last command below a heading. Returns what it prints, and with which code it exits. */
export async function runCommand(cwd: string, heading: string, more = ''): Promise<{ exitCode: number | undefined; all: string }> {
  const commands = [...sectionOf(heading).matchAll(/^```sh\n(.*)\n```/gm)].map(([, command]) => command!);
  const { exitCode, all } = await execa(`${commands.at(-1)!} ${more}`, {
    cwd,
    shell: true,
    all: true,
    reject: false,
    env: { NO_COLOR: '1' },
  });
  return { exitCode, all };
}

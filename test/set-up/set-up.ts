import { tools, type Tool } from './tools.js';

/** What the set-up needs of the computer it runs on. */
export interface Computer {
  readonly isRoot: boolean;
  readonly hasAptGet: boolean;
  isHere(tool: Tool): boolean | Promise<boolean>;
  /** Installs what it can of Debian's packages, and never rejects. */
  install(packages: readonly string[]): Promise<void>;
  say(sentence: string): void;
}

/** Installs what the tests drive, as far as that is possible here, and says which tests are skipped without the rest. */
export async function setUp(computer: Computer): Promise<void> {
  const missing = await missingFrom(computer);
  if (!missing.length) return;
  if (computer.isRoot && computer.hasAptGet) {
    const packages = missing.flatMap((tool) => tool.packages);
    computer.say(`Installing ${list(packages)} with apt-get.`);
    await computer.install(packages);
  }
  const skipped = await missingFrom(computer);
  if (skipped.length) {
    const names = list(skipped.map(({ name }) => name));
    computer.say(`The tests that need ${names} are skipped, because ${reason(computer)}: to run them too, ${cure(computer, skipped)}.`);
  }
}

async function missingFrom(computer: Computer): Promise<Tool[]> {
  const all = Object.values<Tool>(tools);
  const areHere = await Promise.all(all.map(async (tool) => computer.isHere(tool)));
  return all.filter((_, index) => !areHere[index]);
}

function reason({ hasAptGet, isRoot }: Computer): string {
  if (!hasAptGet) return 'there is no apt-get here';
  return isRoot ? 'apt-get could not install them' : 'apt-get needs root';
}

function cure({ hasAptGet, isRoot }: Computer, skipped: readonly Tool[]): string {
  if (hasAptGet && !isRoot) return `run "apt-get install ${skipped.flatMap((tool) => tool.packages).join(' ')}" as root`;
  return [...new Set(skipped.map(({ otherwise }) => otherwise))].join('; ');
}

function list(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(names);
}

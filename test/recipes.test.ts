import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const root = new URL('../', import.meta.url);
const folder = new URL('e2e/recipes/', root);
const readme = readFileSync(new URL('README.md', root), 'utf8');
const recipes = readdirSync(folder).filter((name) => statSync(new URL(name, folder)).isFile());

describe('the README shows the recipe that the browser tests run', () => {
  test.each(recipes)('%s', (name) => {
    const language = name.slice(name.lastIndexOf('.') + 1);
    const code = readFileSync(new URL(name, folder), 'utf8');
    expect(readme).toContain(`\n\`\`\`${language}\n${code}\`\`\`\n`);
  });
});

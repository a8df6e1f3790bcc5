import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { documentationPages, readRecipe, recipeFiles } from './package/snippets.js';

const pages = documentationPages().map((path) => readFileSync(path, 'utf8'));

describe('a page shows the recipe that a test runs', () => {
  test.each(recipeFiles())('%s', (name) => {
    const language = name.slice(name.lastIndexOf('.') + 1);
    const block = `\n\`\`\`${language}\n${readRecipe(name)}\`\`\`\n`;
    expect(pages.some((page) => page.includes(block))).toBe(true);
  });
});

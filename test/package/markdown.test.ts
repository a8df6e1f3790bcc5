import { expect, it } from 'vitest';
import { anchorsOf, deadAnchorsIn, headingsOf, repeated, rowsOf, sectionOf, subjectsWithTwoRows, targetsOf } from './markdown.js';

const errors = (cure: string): string => `## Errors\n\n| code | cure |\n| --- | --- |\n| \`network\` | ${cure} |\n\n`;

it('a heading that stands twice is found', () => {
  expect(repeated(headingsOf(`# Title\n\n${errors('wait')}## Browsers\n\n${errors('wait')}`))).toEqual(['Errors']);
});

it('a comment in a code block is no heading', () => {
  expect(headingsOf('# Title\n\n```sh\n# Title\n```\n')).toEqual(['Title']);
});

it('a row that contradicts its twin in another table is found', () => {
  expect(subjectsWithTwoRows(errors('wait') + errors('check the address'))).toEqual(['network in | code | cure |']);
});

it('two rows of one name in tables of different columns are no contradiction', () => {
  expect(subjectsWithTwoRows(`${errors('wait')}| status | means |\n| --- | --- |\n| \`network\` | none |\n`)).toEqual([]);
});

it('a row with several names is a row of each of them', () => {
  const table = '| code | means |\n| --- | --- |\n| `quota`, `capacity` | full |\n| `if set` or not | any |\n';
  expect(rowsOf(table).map(({ subject }) => subject)).toEqual(['quota', 'capacity', '`if set` or not']);
});

it('an anchor that leads to no heading is found', () => {
  expect(deadAnchorsIn('## See it, test it\n\n[here](#see-it-test-it) and [there](#see-it)\n')).toEqual(['see-it']);
});

it('a section ends where one of its level begins', () => {
  expect(sectionOf('# Title\n\n## One\n\na\n\n### Within\n\nb\n\n## Two\n\nc\n', 'One')).toBe('## One\n\na\n\n### Within\n\nb\n');
});

it('the target of a link is found in every form', () => {
  const page = '[a](one.md) ![b](two.svg "title") <img src="three.png" alt="c"> [d][e]\n\n[e]: four.md#part\n';
  expect(targetsOf(page).sort()).toEqual(['four.md#part', 'one.md', 'three.png', 'two.svg']);
});

it('what only looks like a link is not found in code', () => {
  expect(targetsOf('`list[0](argument)`\n\n```ts\nlist[0](argument);\n```\n')).toEqual([]);
});

it('a heading of code has an anchor without the backticks and the dot', () => {
  expect([...anchorsOf('### `LoadOptions.cache`\n')]).toEqual(['loadoptionscache']);
});

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { execa } from 'execa';
import { freePort } from '../demo/server/turn/loopback.js';
import { openRecipe, pathsIn } from './support/recipes.js';
import { expect, test } from './support/test.js';
import { needCoturn } from './support/turn.js';

needCoturn();

const [, command = ''] = /^(turnserver .+)$/m.exec(readFileSync('docs/testing.md', 'utf8')) ?? [];

test("a call goes through a relay that runs with the testing page's command", async ({ page, site }, testInfo) => {
  const port = await freePort();
  const files = [`--pidfile=${testInfo.outputPath('pid')}`, `--userdb=${testInfo.outputPath('users')}`];
  const [program = '', ...switches] = command.split(' ');
  const turn = execa(program, [...switches, `--listening-port=${port}`, '--log-file=stdout', ...files], { reject: false, buffer: false });
  try {
    await once(turn.stdout, 'data');
    const servers = [{ urls: `turn:127.0.0.1:${port}`, username: 'user', credential: 'password' }];
    await openRecipe(page, site, servers, 'react.tsx');
    await page.getByRole('button').first().click();
    await expect(page.locator('p').last()).toHaveText('Hello');
    expect(await pathsIn(page)).toEqual(Array(2).fill(expect.stringMatching(/^relay to (relay|prflx)$/)));
  } finally {
    turn.kill();
    await turn;
  }
});

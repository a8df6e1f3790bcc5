import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from '../support/test.js';
import { packageIn, write, folderOf } from './installed.js';
import { serverCount } from '../support/turn.js';

const dist = packageIn('ky-1', 'dist');
const name = 'ice-servers-loader.iife.js';
const head = '<!doctype html><title>script file</title><link rel="icon" href="data:,">';
const text = (): Promise<string> => readFile(`${dist}/${name}`, 'utf8');
const digestOf = (body: string): string => `sha384-${createHash('sha384').update(body).digest('base64')}`;

const counted = 'IceServers.ready.then(({ iceServers }) => { document.title = String(iceServers.length); });';

test("under script-src 'self' and with the right digest the tag loads", async ({ page, site, standIn }) => {
  const address = site.folder('/dist-of-it/', dist);
  site.folder('/own/', folderOf('ky-1', 'own'));
  await write('ky-1', 'own/after.js', counted);
  const tag = `<script src="${address}${name}" integrity="${digestOf(await text())}" crossorigin="anonymous" data-endpoint="${standIn.endpoint}" data-api-key="${standIn.apiKey}"></script>`;
  await page.goto(
    site.page('/csp', `${head}${tag}<script src="/own/after.js"></script>`, {
      'content-security-policy': `default-src 'none'; img-src data:; script-src 'self'; connect-src ${standIn.origin}`,
    }),
  );
  await expect(page).toHaveTitle(String(serverCount));
});

test.describe('with a wrong digest', () => {
  test.use({ allowedComplaints: /Failed to find a valid digest in the 'integrity' attribute/ });

  test('the browser refuses the tag', async ({ page, site }) => {
    const address = site.folder('/dist-of-it/', dist);
    const tag = `<script src="${address}${name}" integrity="${digestOf(`${await text()} `)}" crossorigin="anonymous"></script>`;
    await page.goto(site.page('/wrong-digest', head + tag));
    expect(await page.evaluate('typeof IceServers')).toBe('undefined');
  });
});

for (const how of ['async', 'defer']) {
  test(`with ${how} the tag loads, and its event tells when`, async ({ page, site, standIn }) => {
    const address = site.folder('/dist-of-it/', dist);
    const listener = `<script>document.addEventListener('iceservers:ready', () => { ${counted} });</script>`;
    await page.goto(
      site.page(
        `/${how}`,
        `${head}${listener}<script ${how} src="${address}${name}" data-endpoint="${standIn.endpoint}" data-api-key="${standIn.apiKey}"></script>`,
      ),
    );
    await expect(page).toHaveTitle(String(serverCount));
  });
}

test('joined with other scripts in one file it still works, and they do', async ({ page, site, standIn }) => {
  await write('ky-1', 'own/joined.js', `var before = 1\n;${await text()}\n;var after = before + 1;`);
  site.folder('/own/', folderOf('ky-1', 'own'));
  await page.goto(site.page('/joined', `${head}<script src="/own/joined.js"></script>`));
  const count = await page.evaluate(async (options) => (await window.IceServers.loadRTCConfiguration(options)).iceServers.length, {
    endpoint: standIn.endpoint,
    apiKey: standIn.apiKey,
  });
  expect([count, await page.evaluate('after')]).toEqual([serverCount, 2]);
});

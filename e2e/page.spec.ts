import { expect, loadIn, rowsIn, runTest, test, verdictIn } from './support/demo.js';

test('one press loads the servers, tests each and says what that means for a call', async ({ browserName, demoPage }) => {
  await runTest(demoPage);
  const verdict = verdictIn(demoPage);
  // Firefox does not take the stand-in's certificate.
  const works = browserName === 'chromium' ? 'UDP, TCP and TLS work' : 'UDP and TCP work';
  await expect(verdict.getByRole('heading', { level: 2 })).toContainText(works);
  await expect(verdict).toContainText(/Calls (should )?connect from here/);
  await expect(rowsIn(demoPage)).toHaveCount(5);
  await expect(rowsIn(demoPage).nth(1)).toContainText(/Relay over UDP port \d+.*Works.*Relays data: yes/s);
  await expect(rowsIn(demoPage).nth(1).locator('svg.range')).toBeVisible();
});

test('the servers come from the network, then from this page, then from an earlier visit', async ({ demoPage }) => {
  const source = loadIn(demoPage).locator('[data-source]');
  await runTest(demoPage);
  await expect(source).toHaveAttribute('data-source', 'network');
  await runTest(demoPage, 'Test again');
  await expect(source).toHaveAttribute('data-source', 'memory');
  await demoPage.waitForFunction(() => Object.keys(localStorage).some((name) => name.startsWith('ice-servers-loader:')));
  await demoPage.reload();
  await runTest(demoPage);
  await expect(source).toHaveAttribute('data-source', 'indexeddb');
});

test('C-64: refresh asks again, and forget lets the next test ask', async ({ demoPage }) => {
  const source = loadIn(demoPage).locator('[data-source]');
  await runTest(demoPage);
  await runTest(demoPage, 'Test again');
  await loadIn(demoPage).getByRole('button', { name: 'Refresh' }).click();
  await expect(source).toHaveAttribute('data-source', 'network');
  await loadIn(demoPage).getByRole('button', { name: 'Forget' }).click();
  await runTest(demoPage);
  await expect(source).toHaveAttribute('data-source', 'network');
});

test('blocked UDP is told from TCP that works, with the words for the owner of the network', async ({ demoPage }) => {
  await runTest(demoPage, 'UDP blocked');
  await expect(verdictIn(demoPage).getByRole('status')).toContainText('UDP is blocked here; TCP');
  await expect(verdictIn(demoPage)).toContainText(/allow outgoing UDP to global\.relay\.localhost on ports \d+/);
  await expect(rowsIn(demoPage).first()).toContainText('No answer');
});

test('an expired password is no fault of the network', async ({ demoPage }) => {
  await runTest(demoPage, 'Expired password');
  await expect(verdictIn(demoPage)).toContainText('reject the username or password');
  await expect(rowsIn(demoPage).nth(1)).toContainText(/Password refused.*Reachable: yes.*Allocated: no/s);
});

for (const [trouble, words] of [
  ['TLS blocked', 'TLS is blocked here; UDP and TCP work'],
  ['Unknown server name', 'the name service of this network does not know them'],
  ['Slow network', 'people may cut across each other'],
] as const) {
  test(`"${trouble}" can be looked at`, async ({ demoPage }) => {
    await runTest(demoPage, trouble);
    await expect(verdictIn(demoPage).getByRole('status')).toContainText(words);
  });
}

test('a test can be stopped, and says what it knew by then', async ({ demoPage }) => {
  await demoPage.getByRole('button', { name: 'Dead server' }).click();
  await expect(rowsIn(demoPage).first()).toContainText('Testing…');
  await demoPage.getByRole('button', { name: 'Stop' }).click();
  await expect(verdictIn(demoPage).getByRole('heading', { level: 2 })).toContainText('Stopped');
  await expect(rowsIn(demoPage).first()).toContainText('Stopped');
});

test('regions stand side by side, the nearest first and confirmed through its relay', async ({ demoPage }) => {
  const regions = demoPage.getByRole('region', { name: 'Nearest region' });
  await regions.getByRole('button', { name: 'Compare regions' }).click();
  await expect(regions.getByRole('status')).toContainText(/^The nearest region is .* through its relay\.$/);
  await expect(regions.getByRole('list', { name: 'Regions' }).locator('li').first()).toContainText('nearest, relays data');
});

test('the keyboard alone starts the test', async ({ demoPage }) => {
  const start = demoPage.getByRole('button', { name: 'Test my connection' });
  await expect(start).toBeVisible();
  const isFocused = (): Promise<boolean> => start.evaluate((button) => button === document.activeElement);
  for (let presses = 0; presses < 10 && !(await isFocused()); presses += 1) await demoPage.keyboard.press('Tab');
  await expect(start).toBeFocused();
  await demoPage.keyboard.press('Enter');
  await expect(demoPage.getByRole('button', { name: 'Test again' })).toBeVisible({ timeout: 30_000 });
  // Whoever has no mouse goes on from where they were.
  await expect(demoPage.getByRole('button', { name: 'Test again' })).toBeFocused({ timeout: 30_000 });
});

test('the report as text and as a file has the verdict, and no key, password or name of this device', async ({ demoPage, demo }) => {
  const { apiKey, app } = (await (await fetch(`${demo}demo-config.json`)).json()) as { apiKey: string; app: string };
  const servers = (await (await fetch(`${app}?apiKey=${apiKey}`)).json()) as { username?: string; credential?: string }[];
  const secrets = [apiKey, ...servers.flatMap(({ username, credential }) => (username && credential ? [username, credential] : []))];
  await demoPage.evaluate(() => {
    // Firefox under WebDriver BiDi tells of no download, and the clipboard of the machine is not a test's to change.
    const taken = { text: '', file: new Blob() };
    navigator.clipboard.writeText = async (text) => void (taken.text = text);
    const create = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (file) => create((taken.file = file as Blob));
    Object.assign(window, { taken });
  });
  await runTest(demoPage, 'Expired password');
  await demoPage.getByRole('button', { name: 'Copy as text' }).click();
  await expect(demoPage.getByText('Copied:')).toBeVisible();
  await demoPage.getByRole('button', { name: 'Download JSON' }).click();
  await expect(demoPage.getByText('Saved as connectivity.json')).toBeVisible();
  const [copied, file] = await demoPage.evaluate(async () => {
    const { taken } = window as unknown as { taken: { text: string; file: Blob } };
    return [taken.text, await taken.file.text()] as const;
  });
  expect(copied).toContain('reject the username or password');
  expect((JSON.parse(file) as { report: { results: unknown[] } }).report.results).toHaveLength(5);
  const everything = [
    copied,
    file,
    await demoPage.locator('body').innerText(),
    demoPage.url(),
    await demoPage.evaluate(() => JSON.stringify(localStorage)),
  ];
  for (const secret of secrets) expect(everything.join('\n')).not.toContain(secret);
  // The app's own address is of this computer, and belongs in.
  const report = (copied + file).replaceAll(app, '');
  for (const address of ['127.0.0.1', '.local"', '192.168.']) expect(report).not.toContain(address);
});

test('without WebRTC the page says so, and still loads and lists the servers', async ({ page, demo }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'RTCPeerConnection'));
  await page.goto(demo);
  await expect(verdictIn(page)).toContainText('This browser has no WebRTC');
  await page.getByRole('button', { name: 'Load the servers' }).click();
  await expect(loadIn(page)).toContainText('5 addresses');
  await expect(rowsIn(page)).toHaveCount(5);
  await expect(verdictIn(page)).toContainText('This browser has no WebRTC');
});

test.describe('when the servers cannot be loaded', () => {
  test.use({ allowedComplaints: /Failed to load resource|status of 4\d\d|Same Origin Policy|Using (three|five) or more STUN/ });

  for (const [trouble, words, short] of [
    ['Wrong API key', 'The key was refused', 'failed, HTTP 401'],
    ['Login page in between', 'the login page of a hotel', 'failed'],
    ['No network', 'this device is offline', 'failed'],
  ] as const) {
    test(`"${trouble}" is told in words`, async ({ demoPage }) => {
      await runTest(demoPage, trouble);
      await expect(verdictIn(demoPage).getByRole('status')).toContainText(words);
      await expect(loadIn(demoPage)).toContainText(short);
    });
  }
});

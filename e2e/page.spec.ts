import { changeAnswers, expect, loadIn, rowsIn, runTest, test, verdictIn } from './support/demo.js';
import { needCoturn, serverCount } from './support/turn.js';

const anyKey = '0123456789abcdef0123456789abcdef0123';

test('one press loads the servers, tests each and says what that means for a call', async ({ browserName, demoPage }) => {
  needCoturn();
  await runTest(demoPage);
  const verdict = verdictIn(demoPage);
  // Firefox does not take the stand-in's certificate.
  const works = browserName === 'chromium' ? 'UDP, TCP and TLS work' : 'UDP and TCP work';
  await expect(verdict.getByRole('heading', { level: 2 })).toContainText(works);
  await expect(verdict).toContainText(/Calls (should )?connect from here/);
  await expect(rowsIn(demoPage)).toHaveCount(5);
  await expect(rowsIn(demoPage).nth(1)).toContainText(/Relay over UDP port \d+.*Works.*Relays data: yes/s);
  await expect(
    rowsIn(demoPage)
      .nth(1)
      .getByRole('img', { name: /^nearly all between .* and / }),
  ).toBeVisible();
  await expect(demoPage.getByRole('region', { name: 'Ways to connect' })).toContainText(
    /Round trip: how long.*usual time.*nearly all times.*0 to \d/s,
  );
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

test('C-64: the servers can be loaded anew, and deleted, so that the next test asks for them', async ({ demoPage }) => {
  const source = loadIn(demoPage).locator('[data-source]');
  await runTest(demoPage);
  await runTest(demoPage, 'Test again');
  await loadIn(demoPage).getByRole('button', { name: 'Load new servers' }).click();
  await expect(source).toHaveAttribute('data-source', 'network');
  await loadIn(demoPage).getByRole('button', { name: 'Delete from this browser' }).click();
  await runTest(demoPage);
  await expect(source).toHaveAttribute('data-source', 'network');
});

test('blocked UDP is told from TCP that works, with the words for the owner of the network', async ({ demoPage }) => {
  needCoturn();
  await runTest(demoPage, 'UDP blocked');
  await expect(verdictIn(demoPage).getByRole('status')).toContainText('UDP is blocked here, but TCP');
  await expect(verdictIn(demoPage)).toContainText(/allow outgoing UDP to global\.relay\.localhost on ports \d+/);
  await expect(rowsIn(demoPage).first()).toContainText('No answer');
});

test('an expired password is no fault of the network', async ({ demoPage }) => {
  await runTest(demoPage, 'Expired password');
  await expect(verdictIn(demoPage)).toContainText('reject the username or password');
  await expect(rowsIn(demoPage).nth(1)).toContainText(/Password refused.*Reachable: yes.*Not accepted(?!:).*Relays data: not known/s);
});

for (const [trouble, words] of [
  ['TLS blocked', 'TLS fails here, but UDP and TCP work'],
  ['Unknown server name', 'The names of the call servers cannot be found from here.'],
  [
    'Dead server',
    /This device is online, but no call server can be reached\..*allow outgoing.*the servers are down: tell your support team/s,
  ],
  ['Slow network', /Calls work from here, but slowly: expect a pause.*people may talk over each other/s],
] as const) {
  test(`"${trouble}" can be looked at, and says so`, async ({ demoPage }) => {
    if (trouble === 'TLS blocked') needCoturn();
    await runTest(demoPage, trouble);
    await expect(verdictIn(demoPage).getByRole('status')).toContainText(words);
  });
}

test('a STUN server that is dead beside TURN that works is told in its row, and alarms nobody', async ({ page, demo }) => {
  // A port where nobody listens.
  await changeAnswers(page, /(stun:[^:]+):\d+/, '$1:19999');
  await page.goto(demo);
  await runTest(page);
  await expect(rowsIn(page).first()).toContainText(/No answer.*Others do the same/s);
  await expect(verdictIn(page)).toContainText('All is well');
  await expect(verdictIn(page)).toContainText('Nothing: this network lets calls through.');
});

test('a button keeps the keyboard while what it started runs, and after', async ({ demoPage }) => {
  for (const name of ['UDP blocked', 'Compare regions']) {
    const button = demoPage.getByRole('button', { name });
    await button.focus();
    await demoPage.keyboard.press('Enter');
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await expect(button).toBeFocused();
    await expect(button).toHaveAttribute('aria-disabled', 'false', { timeout: 30_000 });
    await expect(button).toBeFocused();
  }
});

test('a button that is out of use does nothing', async ({ demoPage }) => {
  await demoPage.getByRole('button', { name: 'Dead server' }).click();
  await expect(rowsIn(demoPage).first()).toContainText('Testing…');
  // Playwright waits for a button that is not `aria-disabled`.
  await demoPage.getByRole('button', { name: 'Wrong API key' }).dispatchEvent('click');
  await expect(demoPage.getByRole('button', { name: 'Dead server' })).toHaveAttribute('aria-pressed', 'true');
  await demoPage.getByRole('button', { name: 'Stop' }).click();
});

test('a test can be stopped, and says what it knew by then', async ({ demoPage }) => {
  await demoPage.getByRole('button', { name: 'Dead server' }).click();
  await expect(rowsIn(demoPage).first()).toContainText('Testing…');
  await demoPage.getByRole('button', { name: 'Stop' }).click();
  await expect(verdictIn(demoPage).getByRole('heading', { level: 2 })).toContainText('Stopped');
  await expect(rowsIn(demoPage).first()).toContainText('Stopped');
});

test('regions stand side by side, the nearest first and confirmed through its relay; the demo’s are one computer', async ({ demoPage }) => {
  const regions = demoPage.getByRole('region', { name: 'Nearest region' });
  await expect(regions).toContainText('every region is this one computer, so which of them is the nearest is chance');
  await regions.getByRole('button', { name: 'Compare regions' }).click();
  await expect(regions.getByRole('status')).toContainText(/^The nearest region is .* through its relay\.$/);
  // One time for each region: that of its bar.
  await expect(regions.getByRole('status')).not.toContainText(/\d/);
  await expect(regions.getByRole('list', { name: 'Regions' }).locator('li').first()).toContainText('nearest');
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

test('the report as text and as a file has the verdict, and no key, password or name of this device', async ({
  browserName,
  demoPage,
  demo,
}) => {
  needCoturn();
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
  // Firefox does not take the stand-in's certificate, and TLS is left out.
  expect((JSON.parse(file) as { report: { results: unknown[] } }).report.results).toHaveLength(browserName === 'chromium' ? 5 : 4);
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
  await expect(loadIn(page)).toContainText(`${serverCount} addresses`);
  await expect(rowsIn(page)).toHaveCount(serverCount);
  await expect(verdictIn(page)).toContainText('This browser has no WebRTC');
});

test('the demo’s key goes to the demo alone: a link or a person that names another app finds none, and is asked for one', async ({
  page,
  demo,
}) => {
  const app = page.getByLabel('App name or address');
  const key = page.getByLabel('API key');
  await page.goto(`${demo}?app=demo`);
  await expect(app).toHaveValue('demo');
  await expect(key).toHaveValue('');
  await page.goto(demo);
  await page.getByText('App and key').click();
  await expect(key).not.toHaveValue('');
  const [ownApp, ownKey] = [await app.inputValue(), await key.inputValue()];
  await app.fill('demo');
  await expect(key).toHaveValue('');
  await app.fill(ownApp);
  await expect(key).toHaveValue(ownKey);
  await app.fill('demo');
  await page.getByText('App and key').click();
  await expect(key).toBeHidden();
  await page.getByRole('button', { name: 'Test my connection' }).click();
  await expect(key).toBeFocused();
  // A trouble is the stand-in's, and so is its key.
  await runTest(page, 'Expired password');
  await expect(verdictIn(page)).toContainText('reject the username or password');
});

test.describe('when the servers cannot be loaded', () => {
  test.use({ allowedComplaints: /Failed to load resource|status of 4\d\d|Same Origin Policy|Using (three|five) or more STUN/ });

  for (const [trouble, words, short] of [
    ['Wrong API key', 'The key was refused', 'failed, HTTP 401'],
    ['Wrong app name', 'There is no app of this name: it may be misspelt.', 'failed, HTTP 404'],
    ['Login page in between', 'the login page of a hotel', 'failed'],
    ['No network', 'this device may be offline', 'failed'],
  ] as const) {
    test(`"${trouble}" is told in words`, async ({ demoPage }) => {
      await runTest(demoPage, trouble);
      await expect(verdictIn(demoPage).getByRole('status')).toContainText(words);
      await expect(loadIn(demoPage)).toContainText(short);
    });
  }

  test('a failed load can be sent to support as well', async ({ demoPage }) => {
    await demoPage.evaluate(() => {
      navigator.clipboard.writeText = async (text) => void (document.title = text);
    });
    await runTest(demoPage, 'Wrong app name');
    await demoPage.getByRole('button', { name: 'Copy as text' }).click();
    await expect(demoPage).toHaveTitle(/The servers could not be loaded.*There is no app of this name.*failed, HTTP 404/s);
  });

  test('a refresh that fails says so beside its button', async ({ demoPage }) => {
    await runTest(demoPage);
    await demoPage.route('**/api/v1/turn/credentials*', (route) => route.abort());
    await loadIn(demoPage).getByRole('button', { name: 'Load new servers' }).click();
    await expect(loadIn(demoPage).getByRole('status')).toContainText('The service does not answer', { timeout: 30_000 });
  });

  test('an app whose host does not exist may be misspelt', async ({ demoPage }) => {
    await demoPage.getByText('App and key').click();
    await demoPage.getByLabel('App name or address').fill('no-such-app');
    await demoPage.getByLabel('API key').fill(anyKey);
    await runTest(demoPage);
    await expect(verdictIn(demoPage)).toContainText('the app name may be misspelt');
    await expect(verdictIn(demoPage)).toContainText('let this page reach no-such-app.metered.live.');
    await demoPage.getByRole('button', { name: 'Compare regions' }).click();
    await expect(demoPage.getByRole('region', { name: 'Nearest region' }).getByRole('status')).toContainText('app name may be misspelt', {
      timeout: 30_000,
    });
  });

  test('what is no app name is told in words that a user knows', async ({ demoPage }) => {
    await demoPage.getByText('App and key').click();
    await demoPage.getByLabel('App name or address').fill('my app!');
    await demoPage.getByLabel('API key').fill(anyKey);
    await runTest(demoPage);
    await expect(verdictIn(demoPage)).toContainText('This is neither an app name nor an address.');
    await demoPage.getByRole('button', { name: 'Compare regions' }).click();
    await expect(demoPage.getByRole('region', { name: 'Nearest region' }).getByRole('status')).toContainText(
      'This is neither an app name nor an address.',
    );
    await expect(demoPage.locator('main')).not.toContainText(/must be|string|appName|endpoint|undefined/);
  });
});

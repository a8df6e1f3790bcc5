import { parseArgs } from 'node:util';
import { createIceServersLoader, isIceServersError, type IceServersLoader } from '../../src/index.js';
import { randomFrom } from '../support/random.js';
import { createWorld, type Weather } from './world.js';

// Days of a browser's life in seconds: outages, sleeps, clocks that jump, tabs that come and go. Prints what happened, and fails
// where something good was lost or the endpoint was asked more often than the rules allow.

const { values } = parseArgs({ options: { days: { type: 'string', default: '7' }, seed: { type: 'string', default: '1' } } });
const days = Number(values.days);
const seed = Number(values.seed);
if (!(days > 0 && days <= 3660) || !Number.isInteger(seed)) throw new Error('Usage: npm run soak -- [--days 1…3660] [--seed WHOLE NUMBER]');

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const maxAge = 3600;
const staleIfError = 86_400;
/** What an hour of outage may cost with a listener attached; a page that calls adds its own, which cool-downs bound as well. */
const quietCurve = 12;

const random = randomFrom(seed);
const world = createWorld(random);
Math.random = random;

const losses: string[] = [];
let loads = 0;
let failures = 0;
let survived = 0;
let lastGoodAt = -Infinity;
const unhandled: unknown[] = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));

const openTab = (): IceServersLoader => {
  const loader = createIceServersLoader({
    appName: 'demo',
    apiKey: '0123456789abcdef0123456789abcdef0123',
    fetch: world.fetch,
    storage: world.storage,
    maxAge,
    staleIfError,
    autoRefresh: true,
  });
  loader.addEventListener('refresh', (event) => {
    lastGoodAt = event.detail.fetchedAt;
  });
  return loader;
};

/** Loads in a tab, and judges the outcome by what was possible: an answer that is still good must never be refused. */
const use = async (loader: IceServersLoader): Promise<void> => {
  loads++;
  const ageMs = Date.now() - lastGoodAt;
  const wasGood = ageMs >= 0 && ageMs < (maxAge + staleIfError) * 1000 - minuteMs;
  let outcome: unknown;
  const loading = loader.load().then(
    (configuration) => (outcome = configuration),
    (error: unknown) => (outcome = error),
  );
  for (let i = 0; outcome === undefined && i < 600; i++) await world.pass(100);
  if (outcome === undefined) return void losses.push(`a load never settled (${world.weather})`);
  await loading;
  const { source, fetchedAt } = loader.status ?? {};
  if (outcome instanceof Error) {
    failures++;
    if (!isIceServersError(outcome)) losses.push(`a strange error: ${outcome.name}`);
    else if (wasGood) losses.push(`a good answer was withheld: ${outcome.code} in ${world.weather} weather`);
    return;
  }
  if (source === 'stale') survived++;
  if (Date.now() - (fetchedAt ?? 0) > (maxAge + staleIfError) * 1000) losses.push('an answer past all use was handed out');
};

const weathers: readonly Weather[] = ['offline', 'broken', 'limited', 'nonsense'];
let tabs = [openTab(), openTab()];
await use(tabs[0]!);
const end = Date.now() + days * 24 * hourMs;
let worstQuietHour = 0;

while (Date.now() < end) {
  const what = random();
  if (what < 0.15) {
    world.turn(weathers[Math.floor(random() * weathers.length)]!);
    const before = world.requests.length;
    // One tab with a listener, and nobody who calls: the refresher alone.
    const [first, ...others] = tabs;
    for (const tab of others) tab.dispose();
    tabs = [first!];
    await world.pass(hourMs);
    worstQuietHour = Math.max(worstQuietHour, world.requests.length - before);
    tabs.push(openTab());
    for (let i = 0; i < 5; i++) {
      await use(tabs[i % 2]!);
      await world.pass(random() * 10 * minuteMs);
    }
    world.turn('fine');
  } else if (what < 0.25) {
    world.sleep(random() * 10 * hourMs);
  } else if (what < 0.3) {
    // Somebody sets the clock: what was fetched in the future is good for nothing.
    const jumpMs = (random() - 0.5) * 4 * hourMs;
    world.clock.setSystemTime(Date.now() + jumpMs);
    if (jumpMs < 0) lastGoodAt = -Infinity;
  } else if (what < 0.45) {
    tabs.shift()!.dispose();
    tabs.push(openTab());
  } else {
    await world.pass(random() * hourMs);
  }
  for (const tab of tabs) await use(tab);
}
for (const tab of tabs) tab.dispose();
await world.pass(minuteMs);

const left = world.clock.countTimers();
if (left) losses.push(`${left} timers were left behind`);
if (worstQuietHour > quietCurve) losses.push(`${worstQuietHour} requests in an hour of outage with a listener, more than ${quietCurve}`);
if (unhandled.length) losses.push(`${unhandled.length} unhandled rejections`);

console.log(`${days} days, seed ${seed}`);
console.log(`loads                                   ${loads}`);
console.log(`requests                                ${world.requests.length} (${(world.requests.length / days / 24).toFixed(2)} an hour)`);
console.log(`worst hour of outage with a listener    ${worstQuietHour} (at most ${quietCurve})`);
console.log(`loads that failed, nothing being left   ${failures}`);
console.log(`failures survived with an older answer  ${survived}`);
console.log(`losses                                  ${losses.length}`);
for (const loss of losses.slice(0, 20)) console.log(`  ${loss}`);
process.exitCode = losses.length ? 1 : 0;

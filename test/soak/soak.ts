import { parseArgs } from 'node:util';
import { randomFrom } from '../support/random.js';
import { openBrowser } from './browser.js';
import { Life, type Scenario } from './live.js';
import { fixedKey, mintedKeys, twoUsers } from './scenarios.js';
import { Service } from './service.js';

// Days of a browser's life in seconds: outages, sleeps, clocks that are set, tabs that come and go, users who sign in and out. Prints
// what happened. Fails if a good answer was withheld or seldom held, if a credential was served past its life or to another user, if there
// were more requests or mints than the rules allow, or if a timer was left behind.

const { values } = parseArgs({ options: { days: { type: 'string', default: '7' }, seed: { type: 'string', default: '1' } } });
const days = Number(values.days);
const seed = Number(values.seed);
if (!(days > 0 && days <= 3660) || !Number.isInteger(seed)) throw new Error('Usage: npm run soak -- [--days 1…3660] [--seed WHOLE NUMBER]');

const unhandled: unknown[] = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));
console.log(`${days} days, seed ${seed}`);
let lossCount = 0;
for (const create of [fixedKey, mintedKeys, twoUsers]) lossCount += await live(create);
if (unhandled.length) console.log(`\nunhandled rejections                    ${unhandled.length}`);
process.exitCode = lossCount + unhandled.length ? 1 : 0;

/** Returns the number of losses. */
async function live(create: (...given: [ReturnType<typeof openBrowser>, Service, () => number]) => Scenario): Promise<number> {
  const random = randomFrom(seed);
  Math.random = random;
  const browser = openBrowser();
  const service = new Service(random);
  const scenario = create(browser, service, random);
  const life = new Life(scenario, browser, service, random);
  await life.run(days);
  browser.close();
  print(scenario, life, service);
  return life.counts.losses.length;
}

function print({ name, mostInAnHour: most }: Scenario, { counts }: Life, { requests, mints }: Service): void {
  const { loads, withGoodAnswer, failures, survived, worstHour, losses } = counts;
  const perHour = (count: number): string => `${count} (${(count / days / 24).toFixed(2)} an hour)`;
  console.log(`\n${name}`);
  console.log(`loads                                   ${loads}`);
  console.log(`loads while a good answer was held      ${withGoodAnswer} (${Math.floor((withGoodAnswer / loads) * 100)}%)`);
  console.log(`requests                                ${perHour(requests)}`);
  console.log(`calls of the mint route                 ${perHour(mints)}`);
  console.log(`requests in the worst hour of outage    ${worstHour.requests} (at most ${most.requests})`);
  console.log(`mints in the worst hour of outage       ${worstHour.mints} (at most ${most.mints})`);
  console.log(`loads that failed, nothing being left   ${failures}`);
  console.log(`failures survived with an older answer  ${survived}`);
  console.log(`losses                                  ${losses.length}`);
  for (const loss of losses.slice(0, 20)) console.log(`  ${loss}`);
}

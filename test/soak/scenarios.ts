import { createIceServersLoader, loadRTCConfiguration, type IceServersLoader } from '../../src/index.js';
import type { Browser } from './browser.js';
import { LastGoodAnswer } from './last-good-answer.js';
import { minuteMs, type Life, type Scenario } from './live.js';
import { mintedLife, type Condition, type Service } from './service.js';

const outages: readonly Condition[] = ['offline', 'broken', 'limited', 'nonsense'];
const withMintRoute: readonly Condition[] = [...outages, 'mint-route-down'];

/** What all pages here set. */
const common = ({ storage }: Browser, { fetch }: Service) => ({ appName: 'demo', fetch, storage });

/** A page whose key is fixed and whose credential has no known end. */
export function fixedKey(browser: Browser, service: Service): Scenario {
  const maxAge = 3600;
  const staleIfError = 86_400;
  const usableMs = (maxAge + staleIfError) * 1000;
  const lastGood = new LastGoodAnswer();
  const options = { ...common(browser, service), apiKey: '0123456789abcdef0123456789abcdef0123', maxAge, staleIfError, autoRefresh: true };
  return {
    name: 'a fixed key',
    conditions: outages,
    mostInAnHour: { requests: 12, mints: 0 },
    openTab: () => onRefresh(createIceServersLoader(options), lastGood),
    holdsGoodAnswer: () => lastGood.isYoungerThan(usableMs - minuteMs),
    judge: (_, { status }) => (Date.now() - (status?.fetchedAt ?? 0) > usableMs ? 'an answer past all use was handed out' : undefined),
    onClockSetBack: (from) => lastGood.onClockSetBack(from),
  };
}

/** A page whose `apiKey` function mints a credential that expires. */
export function mintedKeys(browser: Browser, service: Service): Scenario {
  const lastGood = new LastGoodAnswer();
  service.signedInUser = 'somebody';
  const options = { ...common(browser, service), apiKey: () => service.mint('somebody'), cacheKey: 'somebody', autoRefresh: true };
  return {
    name: 'an apiKey function that mints expiring credentials',
    conditions: withMintRoute,
    mostInAnHour: mostMints,
    openTab: () => onRefresh(createIceServersLoader(options), lastGood),
    holdsGoodAnswer: () => lastGood.isYoungerThan(mintedLife * 1000 - minuteMs),
    judge: ({ iceServers }) => judgeMinted(service, 'somebody', iceServers),
    onClockSetBack: (from) => lastGood.onClockSetBack(from),
  };
}

/** Two users of one browser, who sign in and out: each has a `cacheKey`, and the app's mint route refuses a key for the other. */
export function twoUsers(browser: Browser, service: Service, random: () => number): Scenario {
  const lastGood = new Map(['alice', 'bob'].map((user) => [user, new LastGoodAnswer()]));
  const optionsOf = (user: string) => ({ ...common(browser, service), apiKey: () => service.mint(user), cacheKey: user });
  const userOfTab = new WeakMap<object, string>();
  service.signedInUser = 'alice';

  const openTab = (): IceServersLoader => {
    const user = service.signedInUser;
    const loader = createIceServersLoader({ ...optionsOf(user), autoRefresh: true });
    userOfTab.set(loader, user);
    return onRefresh(loader, lastGood.get(user)!);
  };
  /** One tab learns at once that the user has left, the other one later. A load may be under way in either. */
  const change = async (life: Life): Promise<void> => {
    const [first, ...others] = life.tabs;
    for (const tab of life.tabs) if (random() < 0.5) tab.load().catch(() => {});
    if (random() < 0.5) await life.pass(random() * 200);
    service.signedInUser = service.signedInUser === 'alice' ? 'bob' : 'alice';
    first!.dispose();
    life.tabs = [openTab()];
    await life.load(life.tabs[0]!);
    const user = service.signedInUser;
    const shared = { load: () => loadRTCConfiguration(optionsOf(user)) };
    userOfTab.set(shared, user);
    await life.load(shared);
    if (random() < 0.5) await life.pass(random() * 10 * minuteMs);
    for (const tab of others) tab.dispose();
    life.tabs.push(openTab());
  };
  return {
    name: 'two users with a cacheKey each, who sign in and out',
    conditions: withMintRoute,
    mostInAnHour: mostMints,
    openTab,
    holdsGoodAnswer: () => lastGood.get(service.signedInUser)!.isYoungerThan(mintedLife * 1000 - minuteMs),
    judge: ({ iceServers }, tab) => judgeMinted(service, userOfTab.get(tab)!, iceServers),
    onClockSetBack: (from) => lastGood.forEach((answer) => answer.onClockSetBack(from)),
    change,
  };
}

/** A 429 without Retry-After is a cool-down of a minute: once the credential has expired, a page tries again as often. */
const mostMints = { requests: 60, mints: 60 };

function judgeMinted(service: Service, user: string, iceServers: readonly RTCIceServer[]): string | undefined {
  const { username } = iceServers[0]!;
  if (service.userOf(username) !== user) return `${user} was handed the servers of ${service.userOf(username)}`;
  if (service.ageMsOf(username) > mintedLife * 1000) return 'a credential was handed out after its life';
  return undefined;
}

function onRefresh(loader: IceServersLoader, lastGood: LastGoodAnswer): IceServersLoader {
  loader.addEventListener('refresh', ({ detail }) => lastGood.note(detail));
  return loader;
}

import { createIceServersLoader, regions, type IceServersLoader, type IceServersOptions, type LoadOptions } from 'ice-servers-loader';
import { compareRegions, testConnectivity, type RegionResult, type ServerResult } from 'ice-servers-loader/connectivity';
import { loaderOptions, withoutKeyInAddress } from '../app-address.js';
import type { PageConfig } from '../page-config.js';
import { serverUrls } from '../server-list.js';
import { problemOf } from './load-words.js';
import { takesCertificate, withoutTls } from './own-certificate.js';
import { editedForm, firstForm } from './form.js';
import { forgetKey, keepKey, keptKey } from './kept-key.js';
import { linkTo, takeAddress } from './page-address.js';
import { reportJson, reportText } from './report-text.js';
import { askedApp, askedKey, asksStandIn, type Actions, type State } from './state.js';

const continents = ['global', 'north_america', 'europe', 'asia', 'oceania', 'india'];

/** What the page knows and does; `show` puts it on the screen. */
export function createPage(config: PageConfig, show: (state: State) => void): { actions: Actions; refresh: () => void } {
  const kept = config.mode === 'static' ? keptKey() : undefined;
  const form = firstForm(kept ? [kept] : [config], takeAddress());
  const untested = {
    problem: undefined,
    status: undefined,
    servers: [],
    leavesOutTls: false,
    results: new Map(),
    report: undefined,
    testedAt: undefined,
    wasStopped: false,
    said: { load: '', share: '' },
  };
  const noRegions = { results: [], phase: 'idle', problem: undefined } as const;
  let loader: IceServersLoader | undefined;
  let running: AbortController | undefined;
  let comparing: AbortController | undefined;
  let tlsWorks: Promise<boolean> | undefined;
  let state: State = {
    ...untested,
    config,
    hasWebRtc: typeof RTCPeerConnection === 'function',
    form,
    opensForm: !form.app || !form.apiKey || config.mode === 'static',
    remembers: kept !== undefined,
    scenario: undefined,
    phase: 'idle',
    regions: { names: continents, ...noRegions },
  };
  const update = (change: Partial<State>): void => {
    state = { ...state, ...change };
    show(state);
  };

  const say = (where: keyof State['said'], words: string): void => update({ said: { ...state.said, [where]: words } });

  const optionsOf = (): IceServersOptions => {
    const apiKey = askedKey(state);
    return loaderOptions({ ...state.form, app: askedApp(state), apiKey }, apiKey === config.apiKey ? config.expiresAt : undefined);
  };
  /** A fault of the stand-in's own certificate would look like one of the network. */
  const mustLeaveOutTls = async (): Promise<boolean> => {
    const { ownCertificate } = config;
    if (!ownCertificate || !asksStandIn(state) || !state.hasWebRtc || state.scenario?.stopsTls) return false;
    tlsWorks ??= takesCertificate(ownCertificate);
    return !(await tlsWorks);
  };
  /** What was found out for one app says nothing of another. */
  const drop = (): void => {
    loader?.dispose();
    loader = undefined;
    comparing?.abort();
    state = { ...state, regions: { ...state.regions, ...noRegions } };
  };
  const load = async (options: LoadOptions): Promise<RTCIceServer[]> => {
    if (!loader) {
      loader = createIceServersLoader(optionsOf());
      loader.addEventListener('error', ({ detail }) => say('load', problemOf(detail, askedApp(state)).reason));
    }
    const { iceServers } = await loader.load(options);
    update({ servers: serverUrls(iceServers), status: loader.status });
    return iceServers;
  };

  const test = async (options: LoadOptions): Promise<void> => {
    running = new AbortController();
    const { signal } = running;
    const { servers, status } = state;
    update({ ...untested, servers, status, phase: 'loading' });
    try {
      const [iceServers, leavesOutTls] = await Promise.all([load({ ...options, signal }), mustLeaveOutTls()]);
      if (!state.hasWebRtc) return update({ phase: 'done' });
      update({ phase: 'testing', leavesOutTls });
      const onResult = (result: ServerResult): void => update({ results: new Map([...state.results, [result.url, result]]) });
      const report = await testConnectivity({ iceServers: leavesOutTls ? withoutTls(iceServers) : iceServers }, { signal, onResult });
      const results = new Map(report.results.map((result) => [result.url, result]));
      update({ phase: 'done', report, results, testedAt: new Date(), wasStopped: signal.aborted });
    } catch (error) {
      update({
        phase: 'done',
        servers: [],
        status: undefined,
        ...(signal.aborted ? { wasStopped: true } : { problem: problemOf(error, askedApp(state)), testedAt: new Date() }),
      });
    }
  };

  const attempt = async (where: keyof State['said'], done: string, work: () => Promise<unknown>, failed: (error: unknown) => string) => {
    try {
      await work();
      say(where, done);
    } catch (error) {
      say(where, failed(error));
    }
  };
  const withServers = (done: string, work: () => Promise<unknown>): Promise<void> =>
    attempt('load', done, work, (error) => problemOf(error, askedApp(state)).reason);
  const copy = (done: string, text: string): Promise<void> =>
    attempt(
      'share',
      done,
      () => navigator.clipboard.writeText(text),
      () => 'This browser did not allow copying.',
    );

  const actions: Actions = {
    edit: (change) => {
      drop();
      update({ ...untested, form: editedForm(state.form, change, config), scenario: undefined, phase: 'idle' });
      if (state.remembers) keepKey(withoutKeyInAddress(state.form));
    },
    tidy: () => update({ form: withoutKeyInAddress(state.form) }),
    remember: (remembers) => {
      if (remembers) keepKey(withoutKeyInAddress(state.form));
      else forgetKey();
      update({ remembers });
    },
    test: () => {
      actions.tidy();
      void test(state.scenario ? { cache: 'reload' } : {});
    },
    stop: () => running?.abort(),
    refresh: () => void withServers('New servers were loaded.', () => load({ cache: 'reload' })),
    forget: () =>
      void withServers('Deleted: the next test loads new ones.', async () => {
        await loader?.invalidate();
        update({ ...untested, phase: 'idle' });
      }),
    show: (scenario) => {
      drop();
      update({ ...untested, scenario });
      void test(scenario ? { cache: 'reload' } : {});
    },
    chooseRegions: (all) => update({ regions: { names: all ? regions : continents, ...noRegions } }),
    compare: async () => {
      const { names } = state.regions;
      const { signal } = (comparing = new AbortController());
      const put = (change: Partial<State['regions']>): void => {
        if (!signal.aborted) update({ regions: { ...state.regions, ...change } });
      };
      put({ ...noRegions, phase: 'testing' });
      try {
        const onResult = (result: RegionResult): void =>
          put({ results: [...state.regions.results.filter(({ region }) => region !== result.region), result] });
        put({ results: await compareRegions(optionsOf(), { regions: names, signal, onResult }), phase: 'done' });
      } catch (error) {
        put({ ...noRegions, problem: problemOf(error, askedApp(state)).reason });
      }
    },
    copyText: () => void copy('Copied: paste it into a mail or a chat.', reportText(state)),
    copyLink: () => void copy('Copied: the link has the app and the region, and no key.', linkTo(state.form)),
    download: () => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([reportJson(state)], { type: 'application/json' }));
      link.download = 'connectivity.json';
      link.click();
      URL.revokeObjectURL(link.href);
      say('share', 'Saved as connectivity.json.');
    },
  };
  return { actions, refresh: () => update({}) };
}

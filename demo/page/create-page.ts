import { createIceServersLoader, regions, type IceServersLoader, type IceServersOptions, type LoadOptions } from 'ice-servers-loader';
import { compareRegions, testConnectivity, type ServerResult } from 'ice-servers-loader/connectivity';
import { loaderOptions, withoutKeyInAddress } from '../app-address.js';
import type { PageConfig } from '../page-config.js';
import { serverUrls } from '../server-list.js';
import { problemOf } from './load-words.js';
import { takesCertificate, withoutTls } from './own-certificate.js';
import { keepKey, keptKey, linkTo, takeAddress } from './page-address.js';
import { reportJson, reportText } from './report-text.js';
import { askedApp, type Actions, type State } from './state.js';

const continents = ['global', 'north_america', 'europe', 'asia', 'oceania', 'india'];

/** What the page knows and does; `show` puts it on the screen. */
export function createPage(config: PageConfig, show: (state: State) => void): { actions: Actions; refresh: () => void } {
  const key = config.mode === 'static' ? keptKey() : undefined;
  const untested = {
    problem: undefined,
    status: undefined,
    servers: [],
    leavesOutTls: false,
    results: new Map(),
    report: undefined,
    testedAt: undefined,
    wasStopped: false,
  };
  let loader: IceServersLoader | undefined;
  let running: AbortController | undefined;
  let comparing: AbortController | undefined;
  let tlsWorks: Promise<boolean> | undefined;
  let state: State = {
    ...untested,
    config,
    hasWebRtc: typeof RTCPeerConnection === 'function',
    form: { app: config.app, apiKey: key ?? config.apiKey, region: '', ...takeAddress() },
    remembers: key !== undefined,
    scenario: undefined,
    phase: 'idle',
    regions: { names: continents, results: [], phase: 'idle' },
    said: '',
  };
  const update = (change: Partial<State>): void => {
    state = { ...state, ...change };
    show(state);
  };

  const optionsOf = (): IceServersOptions => {
    const { form } = state;
    return loaderOptions({ ...form, app: askedApp(state) }, form.apiKey === config.apiKey ? config.expiresAt : undefined);
  };
  /** A fault of the stand-in's own certificate would look like one of the network. */
  const mustLeaveOutTls = async (): Promise<boolean> => {
    const { ownCertificate } = config;
    if (!ownCertificate || !state.hasWebRtc || state.scenario?.stopsTls) return false;
    tlsWorks ??= takesCertificate(ownCertificate);
    return !(await tlsWorks);
  };
  /** What was found out for one app says nothing of another. */
  const drop = (): void => {
    loader?.dispose();
    loader = undefined;
    comparing?.abort();
    state = { ...state, regions: { ...state.regions, results: [], phase: 'idle' } };
  };
  const load = async (options: LoadOptions): Promise<RTCIceServer[]> => {
    if (!loader) {
      loader = createIceServersLoader(optionsOf());
      loader.addEventListener('error', ({ detail }) => update({ said: problemOf(detail, askedApp(state)).reason }));
    }
    const { iceServers = [] } = await loader.load(options);
    update({ servers: serverUrls(iceServers), status: loader.status });
    return iceServers;
  };

  const test = async (options: LoadOptions): Promise<void> => {
    running = new AbortController();
    const { signal } = running;
    const { servers, status } = state;
    update({ ...untested, servers, status, phase: 'loading', said: '' });
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
        ...(signal.aborted ? { wasStopped: true } : { problem: problemOf(error, askedApp(state)) }),
      });
    }
  };

  const say = async (
    said: string,
    work: () => Promise<unknown>,
    failed = (error: unknown) => problemOf(error, askedApp(state)).reason,
  ): Promise<void> => {
    try {
      await work();
      update({ said });
    } catch (error) {
      update({ said: failed(error) });
    }
  };
  const copy = (said: string, text: string): Promise<void> =>
    say(
      said,
      () => navigator.clipboard.writeText(text),
      () => 'This browser did not allow copying.',
    );

  const actions: Actions = {
    edit: (change) => {
      drop();
      update({ ...untested, form: { ...state.form, ...change }, scenario: undefined, phase: 'idle', said: '' });
      if (state.remembers) keepKey(state.form.apiKey);
    },
    tidy: () => update({ form: withoutKeyInAddress(state.form) }),
    remember: (remembers) => {
      keepKey(remembers ? state.form.apiKey : undefined);
      update({ remembers });
    },
    test: () => {
      actions.tidy();
      void test(state.scenario ? { cache: 'reload' } : {});
    },
    stop: () => running?.abort(),
    refresh: () => void say('The servers were loaded again.', () => load({ cache: 'reload' })),
    forget: () =>
      void say('Forgotten: the next test asks for the servers.', async () => {
        await loader?.invalidate();
        update({ ...untested, phase: 'idle' });
      }),
    show: (scenario) => {
      drop();
      update({ ...untested, scenario });
      void test(scenario ? { cache: 'reload' } : {});
    },
    chooseRegions: (all) => update({ regions: { names: all ? regions : continents, results: [], phase: 'idle' } }),
    compare: () =>
      void say('', async () => {
        const { names } = state.regions;
        const { signal } = (comparing = new AbortController());
        const put = (change: Partial<State['regions']>): void => update({ regions: { ...state.regions, ...change } });
        put({ results: [], phase: 'testing' });
        try {
          const results = await compareRegions(optionsOf(), {
            regions: names,
            signal,
            onResult: (result) =>
              !signal.aborted && put({ results: [...state.regions.results.filter(({ region }) => region !== result.region), result] }),
          });
          if (!signal.aborted) put({ results, phase: 'done' });
        } catch (error) {
          if (signal.aborted) return;
          put({ phase: 'idle' });
          throw error;
        }
      }),
    copyText: () => void copy('Copied: paste it into a mail or a chat.', reportText(state)),
    copyLink: () => void copy('Copied: the link has the app and the region, and no key.', linkTo(state.form)),
    download: () => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([reportJson(state)], { type: 'application/json' }));
      link.download = 'connectivity.json';
      link.click();
      URL.revokeObjectURL(link.href);
      update({ said: 'Saved as connectivity.json.' });
    },
  };
  return { actions, refresh: () => update({}) };
}

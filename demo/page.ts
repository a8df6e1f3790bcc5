import { render } from 'lit';
import { createIceServersLoader, type IceServersLoader, type LoadOptions } from 'ice-servers-loader';
import { loaderOptions, withoutKeyInAddress, type Form } from './app-address.js';
import { fetchPageConfig, type PageConfig } from './page-config.js';
import { connectThroughTurn } from './relay-check.js';
import { serverUrls, turnServers, type Transport } from './server-list.js';
import { view, type Actions, type State } from './view.js';
import { errorWords, transportWords } from './wording.js';

const root = document.querySelector<HTMLElement>('#page');
if (!root) throw new Error('The page has no #page element.');

try {
  const config = await fetchPageConfig();
  const missing =
    'RTCPeerConnection' in window ? [] : ['This browser has no WebRTC: the servers load, and nothing can connect through them.'];
  start(root, { ...config, notes: [...missing, ...config.notes] });
} catch (error) {
  root.textContent = errorWords(error);
}

function start(element: HTMLElement, config: PageConfig): void {
  let loader: IceServersLoader | undefined;
  let state: State = {
    config,
    form: { app: config.app, apiKey: config.apiKey, region: '' },
    busy: false,
    progress: '',
    problem: '',
    servers: [],
    status: undefined,
    transport: 'udp',
    proof: undefined,
  };

  const update = (change: Partial<State>): void => {
    state = { ...state, ...change };
    render(view(state, actions), element);
  };

  const run = async (progress: string, work: () => Promise<Partial<State>>): Promise<void> => {
    update({ busy: true, progress, problem: '' });
    try {
      update({ busy: false, progress: '', ...(await work()) });
    } catch (error) {
      update({ busy: false, progress: '', problem: errorWords(error) });
    }
  };

  /** The loader for what the form says; another form makes another one. */
  const currentLoader = (): IceServersLoader => {
    const { apiKey } = state.form;
    loader ??= createIceServersLoader(loaderOptions(state.form, apiKey === config.apiKey ? config.expiresAt : undefined));
    loader.addEventListener('error', showSpared);
    loader.addEventListener('refresh', showRefreshed);
    return loader;
  };
  const showSpared = (event: CustomEvent<Error>): void => update({ problem: event.detail.message });
  const showRefreshed = (): void => update({ servers: loader?.peek()?.iceServers ?? [], status: loader?.status });

  const load = async (options?: LoadOptions): Promise<Partial<State>> => {
    const current = currentLoader();
    const { iceServers = [] } = await current.load(options);
    return {
      servers: iceServers,
      status: current.status,
      transport: usableTransport(iceServers, state.transport),
      progress: `${serverUrls(iceServers).length} server addresses are ready.`,
    };
  };

  const actions: Actions = {
    edit: (change: Partial<Form>) => {
      loader?.dispose();
      loader = undefined;
      update({
        form: { ...state.form, ...change },
        progress: '',
        problem: '',
        servers: [],
        status: undefined,
        proof: undefined,
      });
    },
    tidy: () => update({ form: withoutKeyInAddress(state.form) }),
    load: () => {
      actions.tidy();
      void run('Loading ICE servers…', () => load());
    },
    refresh: () => void run('Asking the endpoint…', () => load({ cache: 'reload' })),
    forget: () =>
      void run('Forgetting…', async () => {
        await currentLoader().invalidate();
        return { servers: [], status: undefined, proof: undefined, progress: 'Forgotten here and in the store.' };
      }),
    choose: (transport: Transport) => update({ transport, proof: undefined }),
    connect: () => {
      const { transport } = state;
      update({ proof: undefined });
      void run(`Connecting through TURN over ${transportWords[transport]}…`, async () => {
        // Asked again right before the connection: what the table shows may be past its life by now.
        const { iceServers = [] } = await currentLoader().load();
        const proof = await connectThroughTurn(turnServers(iceServers, transport));
        return { proof, progress: 'Data went through the TURN server and back.' };
      });
    },
  };

  update({});
  // The ages tick; everything else changes by itself.
  setInterval(() => state.status && update({}), 1000);
}

function usableTransport(servers: readonly RTCIceServer[], wanted: Transport): Transport {
  const offered = (['udp', 'tcp', 'tls'] as const).filter((one) => turnServers(servers, one).length > 0);
  return offered.includes(wanted) ? wanted : (offered[0] ?? wanted);
}

import { html, nothing, type TemplateResult } from 'lit';
import type { RegionResult } from 'ice-servers-loader/connectivity';
import { buttonView } from './button-view.js';
import { icon } from './icons.js';
import { reasonOf } from './load-words.js';
import { askedApp, askedKey, asksStandIn, isBusy, type Actions, type State } from './state.js';
import { milliseconds, regionName, statusWords } from './url-words.js';

/** How near each region is, as bars. Each has its place from the start. */
export function regionsView(state: State, actions: Actions): TemplateResult {
  const { names, results, phase, problem } = state.regions;
  const longest = Math.max(1, ...results.map(({ rtt = 0 }) => rtt));
  // While it runs each region keeps its place; at the end the nearest comes first.
  const order = phase === 'done' ? results.map(({ region }) => region) : names;
  const isRunning = phase === 'testing';
  const blocked = !state.hasWebRtc || isBusy(state) || isRunning || !askedApp(state) || !askedKey(state);
  return html`
    <section class="card regions" data-phase=${phase} aria-labelledby="regions">
      <h2 id="regions">Nearest region</h2>
      <p class="muted">
        How long a short question takes to each region’s server and back. The nearest must then pass data through its relay.
        ${asksStandIn(state) ? 'In this demo every region is this one computer, so which of them is the nearest is chance.' : nothing}
      </p>
      <div class="actions">
        ${buttonView({ words: 'Compare regions', look: 'secondary', isOut: blocked, act: () => void actions.compare() })}
        <label class="check">
          <input
            type="checkbox"
            role="switch"
            ?disabled=${isRunning}
            @change=${(event: Event) => actions.chooseRegions((event.target as HTMLInputElement).checked)}
          />
          Every region
        </label>
      </div>
      <ol class="bars" role="list" aria-label="Regions" aria-busy=${isRunning}>
        ${order.map((name) =>
          barView(
            name,
            results.find(({ region }) => region === name),
            isRunning,
            longest,
          ),
        )}
      </ol>
      <p role="status" class="winner">${phase === 'done' ? winnerWords(results, askedApp(state)) : problem}</p>
    </section>
  `;
}

function barView(name: string, result: RegionResult | undefined, isRunning: boolean, longest: number): TemplateResult {
  const { rtt, relay, status } = result ?? {};
  const words = rtt === undefined ? (status ? failureOf(status) : isRunning ? 'measuring…' : '–') : milliseconds(rtt);
  return html`
    <li data-winner=${Boolean(relay)}>
      <span class="name">${regionName(name)}</span>
      <span class="note">${relay ? html`${icon('yes')} nearest` : nothing}</span>
      <span class="value">${words}</span>
      <span class="bar" aria-hidden="true"
        ><span style="width: ${rtt === undefined ? 0 : Math.max(1, (100 * rtt) / longest)}%"></span
      ></span>
    </li>
  `;
}

const failureOf = (status: RegionResult['status']): string =>
  Object.hasOwn(statusWords, status) ? statusWords[status as keyof typeof statusWords] : 'not loaded';

function winnerWords(results: readonly RegionResult[], app: string): string {
  const [nearest] = results;
  if (nearest?.relay) return `The nearest region is ${regionName(nearest.region)}: data went there and back, through its relay.`;
  // One with an address did load its servers.
  const reasons = results.map(({ url, status }) => (url ? undefined : reasonOf(status, app)));
  return (
    reasons.find((reason) => reason && reasons.every((other) => other === reason)) ??
    'No region could be confirmed: test the connection above for the reason.'
  );
}

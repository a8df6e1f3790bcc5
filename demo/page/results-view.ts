import { html, nothing, type TemplateResult } from 'lit';
import type { ServerResult } from 'ice-servers-loader/connectivity';
import { expectedServers, type ServerUrl } from '../server-list.js';
import { icon, type IconName } from './icons.js';
import { rangeKey, rangePicture, scaleEnd } from './range-picture.js';
import { isLeftOut, type State } from './state.js';
import { adviceOf, milliseconds, protocolOf, purposeOf, statusWords, stepsOf, stepWords } from './url-words.js';

/** One row for each URL. The rows are there from the start, so that nothing jumps when results come in. */
export function resultsView(state: State): TemplateResult {
  const { servers, results, phase } = state;
  const rows = servers.length ? servers : expectedServers;
  const slowest = Math.max(0, ...[...results.values()].map(({ relay }) => relay?.rtt.p95 ?? 0));
  const end = slowest ? scaleEnd(slowest) : undefined;
  return html`
    <section aria-labelledby="servers">
      <h2 id="servers">Ways to connect</h2>
      ${rangeKey(end)}
      <div class="columns" aria-hidden="true">
        <span>Way</span><span>Result</span><span>How far it got</span><span>Time</span><span>Round trip</span>
      </div>
      <ul class="rows" role="list" aria-busy=${phase === 'testing'}>
        ${rows.map((server) => rowView(server, results.get(server.url), state, end))}
      </ul>
    </section>
  `;
}

const whyLeftOut = 'This demo’s own TLS certificate is unknown to this browser, so this way is not tried. A real server’s is known.';

function rowView(server: ServerUrl, result: ServerResult | undefined, state: State, end: number | undefined): TemplateResult {
  const { title, purpose } = purposeOf(server);
  const leftOut = isLeftOut(state, server);
  const [name, words] = leftOut ? (['open', 'Left out'] as const) : resultOf(result, state);
  return html`
    <li class="row" data-status=${result?.status ?? 'none'}>
      <h3 class="what">${title} <span class="port">port ${server.port}</span></h3>
      <p class="result" data-tone=${name}>${icon(name)} <span>${words}</span></p>
      <ol class="steps" role="list" aria-label="How far it got">
        ${stepsOf(server, result).map(
          ({ label, state: step }) =>
            html`<li data-state=${step}>
              ${icon(step)}<span>${label}<span class="unseen">${stepWords[step]}</span></span>
            </li>`,
        )}
      </ol>
      <p class="figure time">
        <span class="label">Time</span> ${result && result.status !== 'aborted' && result.elapsed ? milliseconds(result.elapsed) : '–'}
      </p>
      <div class="figure trip">
        <span class="label">Round trip</span>
        ${result?.relay && end ? html`<span>${milliseconds(result.relay.rtt.median)}</span> ${rangePicture(result.relay, end)}` : html`<span>–</span>`}
      </div>
      <p class="advice">${leftOut ? whyLeftOut : result && result.status !== 'ok' ? adviceOf(result, state.report?.verdict) : purpose}</p>
      ${detailsView(server, result)}
    </li>
  `;
}

function resultOf(result: ServerResult | undefined, { phase, report }: State): [IconName, string] {
  if (!result) return phase === 'testing' ? ['busy', 'Testing…'] : ['open', 'Not tested'];
  const { status } = result;
  if (status === 'ok') return ['yes', statusWords.ok];
  if (status === 'aborted' || status === 'error') return ['open', statusWords[status]];
  return [report?.verdict === 'ok' ? 'warn' : 'no', statusWords[status]];
}

function detailsView(server: ServerUrl, result: ServerResult | undefined): TemplateResult {
  const { relay, errors = [], candidates = [] } = result ?? {};
  return html`
    <details class="more">
      <summary>Details<span class="unseen"> of ${purposeOf(server).title}, port ${server.port}</span></summary>
      <dl>
        <dt>Address</dt>
        <dd>${server.host ? html`<code>${server.url}</code>` : 'known once the servers are loaded'}</dd>
        <dt>Protocol</dt>
        <dd>${protocolOf(server)}</dd>
        ${
          relay
            ? html`<dt>Relayed data</dt>
                <dd>jitter ${milliseconds(relay.jitter)}, loss ${Math.round(relay.loss * 100)} %</dd>`
            : nothing
        }
        <dt>Candidates</dt>
        <dd>
          ${candidates.map(({ type, protocol, relayProtocol }) => [type, relayProtocol ?? protocol].join(' over ')).join(', ') || 'none'}
        </dd>
        <dt>Error codes</dt>
        <dd>${errors.map(({ code, elapsed }) => `${code} after ${milliseconds(elapsed)}`).join(', ') || 'none'}</dd>
      </dl>
    </details>
  `;
}

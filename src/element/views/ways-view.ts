import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ServerResult } from '../../connectivity.js';
import { errorCodes, milliseconds, percent } from '../format.js';
import { isStringKey, type StringKey, type Translate } from '../strings.js';
import { groupWays, worstFirst, type Way } from '../ways.js';
import { factsView, type Fact } from './facts-view.js';
import { icon, toneIcons, wayTones } from './icons.js';
import type { ViewContext } from './view-context.js';

/** One line for each way, the worst first, with its URLs folded away. */
export function waysView({ state, t }: ViewContext): TemplateResult | typeof nothing {
  const { report } = state;
  if (!report || report.results.length === 0) return nothing;
  const ways = worstFirst(groupWays(state.urls, state.results));
  return html`
    <section class="card ways" part="ways" aria-labelledby="ways">
      <h3 id="ways">${t('ways.title')}</h3>
      <ul role="list">
        ${ways.map((way) => wayView(way, report.verdict === 'ok', t))}
      </ul>
    </section>
  `;
}

function wayView(way: Way, areOthersEnough: boolean, t: Translate): TemplateResult {
  const { name, state, ports, results } = way;
  const tone = state === 'fails' && areOthersEnough ? 'fair' : wayTones[state];
  return html`
    <li part="way" data-way=${name} data-state=${state}>
      <details part="details">
        <summary>
          <span class="sign" data-tone=${tone}>${icon(toneIcons[tone])}</span>
          <span class="way">
            <span class="name">${t(`way.${name}`)}</span>
            <span class="found">${foundWords(way, t)}</span>
            <span class="ports">${t(ports.length > 1 ? 'way.ports' : 'way.port', { ports: ports.join(', ') })}</span>
          </span>
          ${icon('chevron')}
        </summary>
        <p class="muted">${t(`purpose.${name}`)}</p>
        ${results.map((result) => resultView(result, areOthersEnough, t))}
      </details>
    </li>
  `;
}

function foundWords({ state, results }: Way, t: Translate): string {
  if (state === 'partly') return t('way.partly');
  const failed = results.find(({ status }) => status !== 'ok');
  const delays = results.flatMap(({ relay }) => (relay ? [relay.rtt.median] : []));
  const words = t(`status.${failed?.status ?? 'ok'}`);
  return delays.length > 0 && !failed ? `${words}, ${milliseconds(Math.min(...delays))}` : words;
}

function resultView(result: ServerResult, areOthersEnough: boolean, t: Translate): TemplateResult {
  const { url, status, stage, elapsed, relay, errors } = result;
  const facts: Fact[] = [
    ['way.stage', stage === 'none' ? '' : t(`stage.${stage}`)],
    ['way.time', elapsed > 0 ? milliseconds(elapsed) : ''],
    ['way.delay', relay ? milliseconds(relay.rtt.median) : ''],
    ['way.loss', relay ? percent(relay.loss) : ''],
    ['way.codes', errorCodes(errors)],
  ];
  return html`
    <div class="result" data-status=${status}>
      <p>
        <bdi><code>${url}</code></bdi>
      </p>
      <p><strong>${t(`status.${status}`)}</strong>${status === 'ok' ? nothing : html`. ${t(adviceKey(result, areOthersEnough))}`}</p>
      ${factsView(facts, t)}
    </div>
  `;
}

function adviceKey({ transport, status }: ServerResult, areOthersEnough: boolean): StringKey {
  if (areOthersEnough) return 'advice.others-work';
  const special = `advice.${status}-${transport}`;
  if (isStringKey(special)) return special;
  return status === 'ok' ? 'advice.others-work' : `advice.${status}`;
}

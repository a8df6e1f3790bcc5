import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import type { RegionResult } from '../../connectivity.js';
import { milliseconds } from '../format.js';
import { regionName, regionWords, scaleEnd } from '../region-words.js';
import { isRunning } from '../state.js';
import { buttonView } from './button-view.js';
import type { ViewContext } from './view-context.js';

/** How near each region is: one dot for each sample, on a scale that all share. */
export function regionsView(context: ViewContext): TemplateResult {
  const { state, t, actions } = context;
  const { phase, names, results } = state.developer.regions;
  const isBusy = phase === 'running';
  const end = scaleEnd(Math.max(0, ...results.flatMap(({ samples }) => samples)));
  // While it runs, each region keeps its place. In the end the nearest comes first.
  const order = phase === 'done' ? results.map(({ region }) => region) : names;
  return html`
    <section class="card regions" aria-labelledby="regions">
      <h3 id="regions">${t('regions.title')}</h3>
      <p class="muted">${t('regions.lead')}</p>
      <div class="buttons">
        ${buttonView({
          words: t(isBusy ? 'button.stop' : 'regions.compare'),
          onPress: isBusy ? actions.stopComparing : actions.compare,
          isOff: !state.hasWebRtc || (!isBusy && isRunning(state)),
        })}
        <label>
          <input
            type="checkbox"
            ?disabled=${isBusy}
            @change=${(event: Event) => actions.chooseRegions((event.target as HTMLInputElement).checked)}
          />
          ${t('regions.all')}
        </label>
      </div>
      ${
        phase === 'idle'
          ? nothing
          : html`<p class="scale">${results.length > 0 ? t('regions.scale', { end: milliseconds(end) }) : nothing}</p>
              <ol role="list" aria-busy=${isBusy ? 'true' : 'false'}>
                ${order.map((name) =>
                  regionView(
                    name,
                    results.find(({ region }) => region === name),
                    end,
                    context,
                  ),
                )}
              </ol>`
      }
    </section>
  `;
}

/** The button has its place from the start, and keeps the keyboard's focus once its region is in use. */
function regionView(
  name: string,
  result: RegionResult | undefined,
  end: number,
  { t, actions, state, source }: ViewContext,
): TemplateResult {
  const isUsable = state.developer.regions.phase === 'done' && result?.rtt !== undefined;
  return html`
    <li>
      <span class="name">${regionName(name)}</span>
      <span class="found">${result ? regionWords(result, t) : t('regions.running')}</span>
      ${dotsView(result?.samples ?? [], end)}
      ${buttonView({
        words: t('regions.use', { region: regionName(name) }),
        onPress: () => actions.useRegion(name),
        isOff: name === source.region,
        isHidden: !isUsable,
      })}
    </li>
  `;
}

export function dotsView(samples: readonly number[], end: number): TemplateResult {
  const at = (value: number): string => `${(100 * value) / end}%`;
  const label = `${samples.map(milliseconds).join(', ')} (0–${milliseconds(end)})`;
  return html`<svg class="dots-row" role="img" aria-label=${label}>
    <line class="axis" x1="0" x2="100%" y1="50%" y2="50%" />
    ${
      samples.length > 0
        ? svg`<line class="spread" x1=${at(Math.min(...samples))} x2=${at(Math.max(...samples))} y1="50%" y2="50%" />`
        : nothing
    }
    ${samples.map((value) => svg`<circle cx=${at(value)} cy="50%" r="4" />`)}
  </svg>`;
}

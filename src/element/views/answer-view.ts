import { html, nothing, type TemplateResult } from 'lit/html.js';
import { answerLines, type AnswerLine, type Tone } from '../answer-lines.js';
import { readableTime, zonedTime } from '../format.js';
import { outcomeOf } from '../outcome.js';
import { isOnlineIn } from '../report.js';
import { simulatedIn } from '../simulated-mark.js';
import { isRunning, secondsLeft, type State } from '../state.js';
import type { StringKey } from '../strings.js';
import { groupWays } from '../ways.js';
import { buttonView, saidView } from './button-view.js';
import { icon, toneIcons, wayTones } from './icons.js';
import type { ViewContext } from './view-context.js';

interface Answer {
  readonly tone: Tone;
  readonly answer: StringKey;
  readonly why: StringKey;
}

/** The answer, what it rests on, and the button that starts and stops. */
export function answerView(context: ViewContext): TemplateResult {
  const { state, t } = context;
  const { tone, answer, why } = currentAnswer(state);
  const isBusy = isRunning(state);
  const hasIcon = state.phase !== 'idle' || tone !== 'neutral';
  const trouble = state.report ? simulatedIn(state.report.simulated ?? '') : state.simulated;
  return html`
    <section class="card answer" part="answer" data-tone=${tone} aria-label=${t('report.title')}>
      ${state.isShared ? html`<p class="shared">${t('tested.shared', { time: zonedTime(state.report!.time, state.language) })}</p>` : nothing}
      ${trouble ? html`<p class="simulated">${t('simulated', { trouble })}</p>` : nothing}
      <div class="headline" role="status">
        <h2>${hasIcon ? icon(isBusy ? 'busy' : toneIcons[tone]) : nothing}<span>${t(answer)}</span></h2>
        <p class="why">${t(why)}</p>
      </div>
      ${isBusy || state.report ? html`<dl class="lines">${answerLines(state.report, t).map(lineView)}</dl>` : nothing}
      <p class="progress">${isBusy ? progressView(context) : testedView(context)}</p>
      ${buttonsView(context)}
      <slot name="result" @click=${context.actions.forgetSaid}></slot>
      ${saidView(context, 'answer')}
    </section>
  `;
}

function currentAnswer(state: State): Answer {
  const { phase, report, isWrong, isShared, hasWebRtc } = state;
  if (isWrong) return { tone: 'bad', answer: 'answer.wrong-option', why: 'why.wrong-option' };
  if (!hasWebRtc && !isShared) return { tone: 'bad', answer: 'answer.no-webrtc', why: 'why.no-webrtc' };
  if (phase === 'idle') return { tone: 'neutral', answer: 'answer.idle', why: 'why.idle' };
  if (phase !== 'done') return { tone: 'neutral', answer: 'answer.running', why: `why.${phase}` };
  const { outcome, answer, why } = outcomeOf(report!, isOnlineIn(report!));
  // Nothing is known of calls then, but there is something to do about it.
  const tone = outcome === 'unknown' && !report!.stopped ? 'bad' : outcome;
  return { tone: tone === 'unknown' ? 'neutral' : tone, answer, why };
}

function lineView({ label, words, detail, tone }: AnswerLine): TemplateResult {
  return html`
    <div class="line">
      <dt>${label}</dt>
      <dd>
        <strong data-tone=${tone}>${words}</strong>
        <span class="detail">${detail}</span>
      </dd>
    </div>
  `;
}

/** One dot for each way, and the longest time that is left. */
function progressView({ state, t }: ViewContext): TemplateResult {
  const ways = groupWays(state.urls, state.results);
  const seconds = secondsLeft(state);
  const done = t('progress.ways', { done: state.results.size, total: state.urls.length });
  return html`
    <span class="dots" role="img" aria-label=${done}>
      ${ways.map(({ name, state: way }) => html`<span data-way=${name} data-tone=${wayTones[way]}>${icon(way === 'open' ? 'busy' : toneIcons[wayTones[way]])}</span>`)}
    </span>
    <span>${seconds === undefined ? nothing : t('progress.left', { seconds })}</span>
  `;
}

function testedView({ state: { report, isShared, language }, t }: ViewContext): TemplateResult | typeof nothing {
  if (!report || isShared) return nothing;
  return html`<span>${t('tested.at', { time: readableTime(report.time, language) })}</span>`;
}

/** The first button stays in its place whatever it does, so that the keyboard stays on it. */
function buttonsView(context: ViewContext): TemplateResult {
  const { state, t, actions } = context;
  const isBusy = isRunning(state);
  const { report } = state;
  const again = state.isShared ? 'button.again-here' : 'button.again';
  const words = t(report ? again : 'button.start');
  return html`
    <div class="buttons">
      ${
        state.isShared && !context.source.isSet
          ? nothing
          : buttonView({
              words: isBusy ? t('button.stop') : words,
              onPress: isBusy ? actions.stop : actions.start,
              isMain: !isBusy && !report,
              isOff: state.developer.regions.phase === 'running',
            })
      }
      ${report ? buttonView({ words: t('button.share'), onPress: actions.share, isMain: true }) : nothing}
    </div>
  `;
}

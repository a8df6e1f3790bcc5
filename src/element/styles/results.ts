/** The answer, the message, the ways and the environment. */
export const results = `
.headline h2 { display: flex; gap: 0.625rem; align-items: center; min-height: 2.5em; font-size: var(--head); letter-spacing: -0.01em; }
.headline h2 span { display: grid; align-items: center; align-self: stretch; }
.headline h2 .icon { width: min(2rem, 12cqi); height: min(2rem, 12cqi); }
.screen[data-phase="idle"] h2 { min-height: 0; }
.why { min-height: 4.5em; margin-block-start: 0.5rem; color: var(--muted); text-wrap: pretty; }
.screen[data-phase="idle"] .why { min-height: 0; }
.shared { margin-block-end: 1rem; color: var(--muted); font-weight: 600; }
.simulated { margin-block-end: 1rem; padding: 0.375rem 0.75rem; border: 1px solid var(--fair); border-radius: calc(var(--radius) * 0.5); color: var(--fair); font-weight: 600; }
.lines { margin-block-start: 1rem; border-block-start: 1px solid var(--border); }
.line { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 0.75rem; padding-block: 0.5rem; border-block-end: 1px solid var(--border); }
.line dd { display: contents; }
.line strong { color: var(--tone); }
.line strong[data-tone="neutral"] { font-weight: 400; }
.line .detail { flex-basis: 100%; min-height: 1.5em; color: var(--muted); font-size: var(--small); font-variant-numeric: tabular-nums; }
.progress { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: center; min-height: 1.5rem; margin-block: 1rem; color: var(--muted); font-size: var(--small); font-variant-numeric: tabular-nums; }
.progress:empty { min-height: 0; }
.screen[data-phase="idle"] .progress { min-height: 0; margin-block: 1.25rem 0; }
.dots { display: inline-flex; gap: 0.375rem; min-height: 1.25rem; }
.dots .icon { display: block; }
table { width: 100%; margin-block: 0.75rem; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding-block: 0.5rem; padding-inline: 0 0.75rem; border-block-end: 1px solid var(--border); text-align: start; vertical-align: top; }
th { font-size: var(--small); font-weight: 600; }
td:first-child, td:last-child { white-space: nowrap; }
td:last-child:first-child, td:last-child { white-space: normal; }
.message .buttons { margin-block-start: 1rem; }
.ways { padding-block-end: 0.5rem; }
.ways li { border-block-start: 1px solid var(--border); }
summary { display: flex; gap: 0.75rem; align-items: center; min-height: 3.5rem; padding-block: 0.5rem; cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
.sign { display: flex; }
.way { display: flex; flex: 1; flex-wrap: wrap; gap: 0 0.75rem; align-items: baseline; justify-content: space-between; min-width: 0; }
.way .name { font-weight: 600; }
.way .found, .way .ports { color: var(--muted); font-size: var(--small); font-variant-numeric: tabular-nums; }
.way .ports { flex-basis: 100%; }
details[open] > summary > .icon { transform: rotate(180deg); }
details > p, .result { margin-block-end: 0.75rem; padding-inline-start: 2rem; }
.result p { margin-block-end: 0.25rem; }
.facts { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; }
.facts dt, .environment dd, .result dd { font-size: var(--small); }
.environment .facts { display: grid; gap: 0.375rem; }
.environment .facts div { display: flex; flex-wrap: wrap; gap: 0 0.75rem; }
.environment dt { flex: 0 0 6.5rem; }
.environment dd { flex: 1 1 8rem; overflow-wrap: anywhere; }
/* Two buttons share a row, however long their words are: a second row would move what is below. */
@container (min-width: 17rem) and (max-width: 22rem) {
  .screen:not([data-phase="idle"]) .answer > .buttons, .regions > .buttons { display: grid; grid-template-columns: 1fr 1fr; }
  .screen:not([data-phase="idle"]) .answer > .buttons button, .regions > .buttons button { min-width: 0; min-height: 3.5rem; padding-block: 0.25rem; }
}
/* The numbers of the quality then take two lines. */
@container (max-width: 20.5rem) {
  .screen:not([data-phase="idle"]) .why { min-height: 6em; }
  .line .detail { min-height: 3em; }
}
/* Where large text leaves no room for columns, each cell takes what it needs. */
@container (max-width: 17rem) {
  tr { display: flex; flex-wrap: wrap; border-block-end: 1px solid var(--border); }
  th, td { border: 0; }
}
/* The answer then takes one line, and what it rests on takes two. */
@container (min-width: 27rem) {
  .headline h2 { min-height: 2.75rem; }
  .why { min-height: 3em; }
}
@container (min-width: 34rem) {
  .headline h2 { gap: 0.875rem; font-size: var(--display); }
  .headline h2 .icon { width: 2.75rem; height: 2.75rem; }
  .line { display: grid; grid-template-columns: 9rem auto minmax(0, 1fr); align-items: baseline; }
  .line .detail:empty::before { content: '\\200b'; }
  .way { display: grid; grid-template-columns: 11rem minmax(0, 1fr) auto; }
  summary { min-height: 3rem; }
}
`;

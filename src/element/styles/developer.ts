/** The strip, the regions and the tabs. */
export const developer = `
h4 { margin-block: 1.25rem 0.5rem; font-size: 1rem; }
[role="tabpanel"] > .muted { margin-block-end: 0.75rem; }
h4:first-child { margin-block-start: 0; }
.screen pre { padding: 0.875rem 1rem; border: 1px solid var(--border); border-radius: calc(var(--radius) * 0.67); white-space: pre-wrap; overflow-wrap: anywhere; }
pre[tabindex] { max-height: 32rem; overflow: auto; }
pre + .buttons { margin-block-start: 0.5rem; }
[role="tabpanel"] .buttons { margin-block-end: 1rem; }
.plot { position: relative; height: 8rem; margin-block-end: 0.75rem; padding-inline-start: 3.75rem; color: var(--muted); font-size: var(--small); line-height: 1; }
.plot span { position: absolute; inset-inline-start: 0; }
.at-400 { top: 0; }
.at-150 { top: 62.5%; translate: 0 -50%; }
.at-0 { bottom: 0; }
.plot svg { display: block; width: 100%; height: 100%; border-radius: 4px; background: transparent; }
.plot .good { fill: var(--good); opacity: 0.16; }
.plot .fair { fill: var(--fair); opacity: 0.1; }
.plot path { fill: none; vector-effect: non-scaling-stroke; }
.dots-path { stroke: var(--text); stroke-width: 4; stroke-linecap: round; }
.lost { stroke: var(--bad); stroke-width: 2; }
.regions label { display: inline-flex; gap: 0.5rem; align-items: center; min-height: 2.75rem; cursor: pointer; }
.regions input { width: 1.25rem; height: 1.25rem; accent-color: var(--accent); }
.regions .buttons { margin-block-start: 0.75rem; }
.scale { min-height: 1.5em; margin-block-start: 0.75rem; color: var(--muted); font-size: var(--small); text-align: end; }
.regions ol { margin-block-start: 0.25rem; padding: 0; list-style: none; }
.regions li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0.125rem 1rem; align-items: center; padding-block: 0.625rem; border-block-start: 1px solid var(--border); }
.regions .name { display: grid; align-items: center; min-height: 3rem; font-weight: 600; }
.regions .found { grid-column: 1 / -1; color: var(--muted); font-size: var(--small); font-variant-numeric: tabular-nums; }
.regions li button { grid-area: 1 / 2; min-width: 0; font-size: var(--small); }
.dots-row { grid-column: 1 / -1; width: 100%; height: 1rem; overflow: visible; }
.dots-row .axis { stroke: var(--border); }
.dots-row .spread { stroke: var(--muted); stroke-width: 3; stroke-linecap: round; }
.dots-row circle { fill: var(--text); }
[role="tablist"] { display: flex; flex-wrap: wrap; gap: 0 1rem; margin-block-start: -0.5rem; margin-block-end: 1rem; border-block-end: 1px solid var(--border); }
[role="tab"] { min-width: 2.75rem; padding-inline: 0; border: 0; border-block-end: 3px solid transparent; border-radius: 0; color: var(--muted); }
[role="tab"][aria-selected="true"] { border-block-end-color: var(--accent); color: var(--text); }
.earlier { padding: 0; list-style: none; }
.earlier li + li { margin-block-start: 0.875rem; padding-block-start: 0.875rem; border-block-start: 1px solid var(--border); }
/* Below the results they would move when the results come in. */
.screen[data-busy] .tools { display: none; }
@container (max-width: 22rem) {
  .regions .name { min-height: 0; }
  .regions .found { min-height: 3em; }
  .regions li button { grid-area: auto / 1 / auto / -1; justify-self: start; }
}
@container (min-width: 34rem) {
  .regions .name { min-height: 0; }
  .regions .found { grid-column: 1; }
  .regions li button { grid-area: 1 / 2 / 3; }
}
@container (min-width: 60rem) {
  .screen[data-busy] .tools { display: grid; }
  [data-mode="developer"] { grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); }
}
@media (forced-colors: active) {
  .plot .good, .plot .fair { fill: none; stroke: GrayText; opacity: 1; }
  [role="tab"] { border-block-end-color: Canvas; }
  [role="tab"][aria-selected="true"] { border-block-end-color: Highlight; }
}
`;

/** Type, cards, buttons and icons. */
export const base = `
:host { display: block; container-type: inline-size; color-scheme: light dark; color: var(--text); font: 1rem/1.5 var(--font); }
:host([hidden]) { display: none; }
* { box-sizing: border-box; margin: 0; }
/* With large text on a small screen, the frame does not grow with the text. */
.screen { --pad: min(1.25rem, 6cqi); }
.screen, .screen > div { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; align-content: start; overflow-wrap: break-word; }
.screen > div { container-type: inline-size; }
.card { padding: var(--pad); border: 1px solid var(--border); border-radius: var(--radius); background: var(--surface); }
h2, h3 { line-height: 1.25; text-wrap: balance; }
h3 { margin-block-end: 0.75rem; font-size: var(--title); }
ul { padding: 0; list-style: none; }
dd { margin: 0; }
code, pre, bdi { overflow-wrap: anywhere; }
code, pre, textarea { font: var(--small)/1.5 ui-monospace, Menlo, Consolas, monospace; }
.muted, dt, th { color: var(--muted); }
[data-tone="good"] { --tone: var(--good); }
[data-tone="fair"] { --tone: var(--fair); }
[data-tone="bad"] { --tone: var(--bad); }
[data-tone="neutral"] { --tone: var(--muted); }
.buttons { display: flex; flex-wrap: wrap; gap: 0.75rem; }
button, .button {
  min-width: 7.5rem; min-height: 2.75rem; padding: 0.5rem 0.875rem; cursor: pointer;
  border: 1px solid var(--border); border-radius: calc(var(--radius) * 0.67); background: transparent;
  color: var(--text); font: 600 1rem/1.25 var(--font); text-align: center; text-decoration: none;
}
.button { display: inline-grid; place-items: center; }
button:hover, .button:hover { border-color: var(--muted); }
button.main { border-color: var(--accent); background: var(--accent); color: var(--surface); }
button.main:hover { border-color: var(--text); }
button.hidden { visibility: hidden; }
button[aria-disabled="true"] { opacity: 0.55; cursor: default; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
textarea { width: 100%; padding: 0.75rem; border: 1px solid var(--border); border-radius: calc(var(--radius) * 0.67); background: var(--surface); color: var(--text); resize: vertical; }
.said:not(:empty) { margin-block-start: 0.75rem; }
.said { color: var(--muted); }
.icon { flex: none; width: 1.25rem; height: 1.25rem; color: var(--tone, var(--muted)); overflow: visible; }
.mark, .arc, .ring { fill: none; stroke: currentColor; stroke-width: 2.5; stroke-linecap: round; stroke-linejoin: round; }
.mark { stroke: var(--surface); }
.ring { stroke: var(--border); }
[data-icon="open"] .ring { stroke: currentColor; stroke-width: 2; }
.arc { stroke: var(--accent); transform-origin: 12px 12px; }
[data-icon="busy"] .arc { animation: turn 1.1s linear infinite; }
[data-icon="chevron"] .arc { stroke: var(--muted); stroke-width: 2; }
@container (min-width: 34rem) {
  .screen { --pad: 1.5rem; }
}
@keyframes turn { to { transform: rotate(1turn); } }
@media (prefers-reduced-motion: reduce) { [data-icon="busy"] .arc { animation: none; } }
@media (forced-colors: active) {
  .mark { stroke: Canvas; }
  .ring { stroke: GrayText; }
  button.main { border-width: 2px; }
  button[aria-disabled="true"] { color: GrayText; opacity: 1; }
}
.paper { display: none; }
@media print {
  .screen { display: none; }
  :host { --text: #000; --muted: #444; --border: #bbb; }
  .paper { display: block; color: #000; }
  .paper pre { white-space: pre-wrap; overflow-wrap: anywhere; }
}
`;

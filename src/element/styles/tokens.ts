/** The page may set each `--ice-…`; what it leaves out is light or dark as the device wishes, and light on paper. */
export const tokens = `
:host {
  --font: var(--ice-font, system-ui, sans-serif);
  --text: var(--ice-text, #17202e);
  --muted: var(--ice-muted, #566173);
  --surface: var(--ice-surface, #ffffff);
  --border: var(--ice-border, #d7dde6);
  --accent: var(--ice-accent, #1d5bd8);
  --good: var(--ice-good, #137a3f);
  --fair: var(--ice-fair, #975a00);
  --bad: var(--ice-bad, #c0281f);
  --radius: var(--ice-radius, 12px);
  --small: 0.875rem;
  --title: 1.125rem;
  --head: 1.5rem;
  --display: 1.875rem;
}
@media screen and (prefers-color-scheme: dark) {
  :host {
    --text: var(--ice-text, #e9eef5);
    --muted: var(--ice-muted, #a6b2c2);
    --surface: var(--ice-surface, #171d27);
    --border: var(--ice-border, #343f4f);
    --accent: var(--ice-accent, #86b4ff);
    --good: var(--ice-good, #57cb88);
    --fair: var(--ice-fair, #ecb04a);
    --bad: var(--ice-bad, #ff8a80);
  }
}
`;

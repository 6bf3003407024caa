/**
 * Design tokens as CSS variables, for styles of all views. `app/theme_tokens.ts` has their values in each theme, and
 * `docs/design.md` explains their use.
 */

/** Colors, by meaning. */
export const COLORS = {
  /** Background of the page, and of headings in tables. */
  canvas: "var(--ds-canvas)",
  /** Background of panels, tables and the header. */
  panel: "var(--ds-panel)",
  /** Background of the row under the pointer, and of the chosen item. */
  hover: "var(--ds-hover)",
  /** Lines around panels and controls. */
  line: "var(--ds-line)",
  /** Lines between rows, and the empty part of a bar. */
  lineSoft: "var(--ds-line-soft)",
  /** Text of names and of values that matter. */
  ink: "var(--ds-ink)",
  /** Text of secondary facts. */
  inkMuted: "var(--ds-ink-muted)",
  /** Text of captions, zeros and unknown values. */
  inkQuiet: "var(--ds-ink-quiet)",
  /** Links, focus, and the chosen item. */
  accent: "var(--ds-accent)",
  /** Fine. */
  good: "var(--ds-good)",
  goodSoft: "var(--ds-good-soft)",
  /** Attention: paused, starting, nearly full. */
  careful: "var(--ds-careful)",
  carefulSoft: "var(--ds-careful-soft)",
  /** Trouble. */
  bad: "var(--ds-bad)",
  badSoft: "var(--ds-bad-soft)",
  /** Stopped. */
  off: "var(--ds-off)",
  /** Metrics; each keeps its color in every view. */
  cpu: "var(--ds-cpu)",
  memory: "var(--ds-memory)",
  network: "var(--ds-network)",
  disk: "var(--ds-disk)",
  /** Second line of a chart, and the second and fourth of several containers in one chart. */
  chartSecond: "var(--ds-chart-second)",
  chartRed: "var(--ds-chart-red)",
  chartViolet: "var(--ds-chart-violet)",
} as const;

/** Type scale: font shorthands, px. */
export const TYPE = {
  caption: "11px/16px",
  label: "12px/16px",
  body: "13px/20px",
  heading: "14px/20px",
  title: "18px/26px",
} as const;

/** Monospace fonts, for logs and code. */
export const MONOSPACE =
  '"JetBrains Mono", ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** Corner radius of panels, of controls and of tags, px. */
export const RADIUS = { panel: 9, control: 6, tag: 4 } as const;

/** Height of a row, px, by density; `touch` is for screens without a pointer, and `card` for phones. */
export const ROW_PX = { comfortable: 32, compact: 26, touch: 44, card: 56 } as const;

/** Frame of a panel. */
export const PANEL = {
  backgroundColor: COLORS.panel,
  border: `1px solid ${COLORS.line}`,
  borderRadius: `${RADIUS.panel}px`,
  boxShadow: "var(--ds-shadow)",
} as const;

/** Digits of equal width, for numbers in columns and numbers that change. */
export const TABULAR = { fontVariantNumeric: "tabular-nums" } as const;

/** Returns the value of a token in the current theme, for a canvas, which cannot read variables. */
export function colorValue(token: string): string {
  const name = /^var\((--[\w-]+)\)$/.exec(token)?.[1];
  const value = name && getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  return value || "currentColor";
}

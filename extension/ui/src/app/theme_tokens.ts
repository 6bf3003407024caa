/** Values of the design tokens in both themes. All colors of the page are defined here. */

/** Colors of one theme, by the names of {@linkcode COLORS} in `components/design/tokens.ts`. */
export interface Tokens {
  readonly canvas: string;
  readonly panel: string;
  readonly hover: string;
  readonly line: string;
  readonly lineSoft: string;
  readonly ink: string;
  readonly inkMuted: string;
  readonly inkQuiet: string;
  readonly accent: string;
  /** Background of a filled button under the pointer. */
  readonly accentHover: string;
  /** Text on the accent. */
  readonly onAccent: string;
  readonly good: string;
  readonly goodSoft: string;
  readonly careful: string;
  readonly carefulSoft: string;
  readonly bad: string;
  readonly badSoft: string;
  readonly off: string;
  readonly cpu: string;
  readonly memory: string;
  readonly network: string;
  readonly disk: string;
  readonly chartSecond: string;
  readonly chartRed: string;
  readonly chartViolet: string;
  readonly shadow: string;
}

const light: Tokens = {
  canvas: "#f6f7f9",
  panel: "#ffffff",
  hover: "#edf3ff",
  line: "#e0e4ea",
  lineSoft: "#eceff3",
  ink: "#101828",
  inkMuted: "#475467",
  inkQuiet: "#5f6a7c",
  accent: "#1758d8",
  accentHover: "#1249b3",
  onAccent: "#ffffff",
  good: "#0b6b4b",
  goodSoft: "#e3f5ee",
  careful: "#93370d",
  carefulSoft: "#fef3e2",
  bad: "#b42318",
  badSoft: "#feece6",
  off: "#7b8698",
  cpu: "#1d63ed",
  memory: "#7a5af8",
  network: "#0e9384",
  disk: "#4e6a94",
  chartSecond: "#667085",
  chartRed: "#c4320a",
  chartViolet: "#9a3fd5",
  shadow: "0 1px 2px rgba(16, 24, 40, 0.05)",
};

const dark: Tokens = {
  canvas: "#0d1117",
  panel: "#141a22",
  hover: "#17263f",
  line: "#29323f",
  lineSoft: "#1e2530",
  ink: "#e8ecf2",
  inkMuted: "#a4afbf",
  inkQuiet: "#8b97a9",
  accent: "#5b9dff",
  accentHover: "#7db1ff",
  onAccent: "#07142b",
  good: "#3ecf9a",
  goodSoft: "#112a22",
  careful: "#f5a524",
  carefulSoft: "#2d2212",
  bad: "#ff8f73",
  badSoft: "#33190f",
  off: "#7a869a",
  cpu: "#5b9dff",
  memory: "#a48bff",
  network: "#3fd0c0",
  disk: "#9db4dc",
  chartSecond: "#98a2b3",
  chartRed: "#ff8f73",
  chartViolet: "#d48bff",
  shadow: "none",
};

/** Tokens by theme. */
export const TOKENS: Readonly<Record<"light" | "dark", Tokens>> = { light, dark };

/** Returns the tokens as CSS variables, such as `--ds-ink-muted`. */
export function variablesOf(tokens: Tokens): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tokens).map(([name, value]) => [variableOf(name), value]));
}

function variableOf(name: string): string {
  return `--ds-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

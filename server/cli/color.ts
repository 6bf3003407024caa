/** Colors of the terminal, each with one meaning; a program without colors shows the same words. */

/** Green is fine, yellow may need attention, red needs attention, dim is less important. */
export type Color = "green" | "yellow" | "red" | "dim";

const CODES: Readonly<Record<Color, number>> = { green: 32, yellow: 33, red: 31, dim: 2 };

/** Reports whether standard output shows colors: on a terminal, unless NO_COLOR is set. */
export function showsColors(): boolean {
  return Deno.stdout.isTerminal() && !Deno.noColor;
}

/** Colors a text; without a color it is unchanged. */
export function painted(text: string, color: Color | undefined): string {
  return color === undefined || text.trim() === "" ? text : `\x1b[${CODES[color]}m${text}\x1b[0m`;
}

/** Words of states, of stacks, containers, hosts and their health. */
const STATES: readonly (readonly [Color, RegExp])[] = [
  ["red", /\b(dead|down|failed|unhealthy|degraded|unknown|missing|no answer)\b|\bExited \((?!0\))/i],
  ["yellow", /\b(restarting|paused|starting|connecting|removing|changes not deployed)\b/i],
  ["green", /\b(up|running|ok)\b/i],
  ["dim", /\b(exited|stopped|created|never deployed)\b/i],
];

/** Returns the color of a state or status; the most urgent word decides. */
export function stateColor(text: string): Color | undefined {
  return STATES.find(([, words]) => words.test(text))?.[0];
}

/** Returns the colors of the cells of a table with states in one column. */
export function stateColorOf(stateColumn: number): (text: string, column: number) => Color | undefined {
  return (text, column) => column === stateColumn ? stateColor(text) : undefined;
}

/** Returns the color of a usage in percent of what is available. */
export function usageColor(percent: number | null): Color | undefined {
  if (percent === null || percent < 70) return undefined;
  return percent < 90 ? "yellow" : "red";
}

/** Pure: draws a curve with two logarithmic axes as SVG. */

/** A curve; points without a positive value are left out. */
export interface Line {
  readonly name: string;
  readonly color: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** Texts of a plot. */
export interface PlotTexts {
  readonly title: string;
  readonly x: string;
}

const [WIDTH, HEIGHT, LEFT, TOP, PLOT_WIDTH, PLOT_HEIGHT] = [640, 360, 64, 40, 420, 264];

/** Returns the SVG of a plot. */
export function plot({ title, x }: PlotTexts, lines: readonly Line[]): string {
  const shown = lines.map((line) => ({ ...line, points: line.points.filter(([a, b]) => a > 0 && b > 0) }));
  const all = shown.flatMap(({ points }) => points);
  const across = axis(all.map(([value]) => value), LEFT, PLOT_WIDTH);
  const up = axis(all.map(([, value]) => value), TOP + PLOT_HEIGHT, -PLOT_HEIGHT);
  const bottom = TOP + PLOT_HEIGHT;
  const parts = [
    text(LEFT, 22, title, 'font-size="15" font-weight="600"'),
    text(LEFT + PLOT_WIDTH / 2, HEIGHT - 10, x, 'text-anchor="middle"'),
    ...across.ticks.map((tick) =>
      `${rule(across.at(tick), TOP, across.at(tick), bottom)}${
        text(across.at(tick), bottom + 18, shown10(tick), 'text-anchor="middle"')
      }`
    ),
    ...up.ticks.map((tick) =>
      `${rule(LEFT, up.at(tick), LEFT + PLOT_WIDTH, up.at(tick))}${
        text(LEFT - 8, up.at(tick) + 4, shown10(tick), 'text-anchor="end"')
      }`
    ),
    ...shown.map(({ name, color, points }, index) => {
      const places = points.map(([a, b]) => [across.at(a).toFixed(1), up.at(b).toFixed(1)]);
      const dots = places.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3" fill="${color}"/>`).join("");
      const path = places.map((place) => place.join(",")).join(" ");
      return `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="2"/>${dots}${
        text(LEFT + PLOT_WIDTH + 16, TOP + 14 + index * 20, name, `style="fill:${color}"`)
      }`;
    }),
  ];
  const style = "text{font:12px system-ui,sans-serif;fill:#334155}rect{fill:#fff}";
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" ` +
    `aria-label="${escaped(title)}"><style>${style}</style><rect width="${WIDTH}" height="${HEIGHT}"/>${
      parts.join("")
    }</svg>\n`;
}

/** Places values between whole powers of ten. */
function axis(values: readonly number[], start: number, length: number) {
  const low = Math.floor(Math.log10(Math.min(...values, 1e9)) + 1e-9);
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values, 1e-9)) - 1e-9));
  const at = (value: number) => start + length * (Math.log10(value) - low) / (high - low);
  return { at, ticks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)) };
}

function rule(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#e2e8f0"/>`;
}

function text(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${x}" y="${y}" ${attributes}>${escaped(content)}</text>`;
}

function shown10(value: number): string {
  return value >= 1 ? value.toLocaleString("en-US") : String(Number(value.toPrecision(1)));
}

function escaped(content: string): string {
  return content.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

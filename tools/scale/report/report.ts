/** Pure: the table and the plots of the measured points. */
import { plot } from "./plot.ts";
import { kneeOf, type Load, type Point } from "./points.ts";

/** Measured points of one curve. */
export interface Curve {
  readonly varied: keyof Load;
  readonly points: readonly Point[];
}

const HEAD =
  "| containers | viewers | hosts | CPU, cores | memory, MB | delay p50, ms | delay p99, ms | received |\n" +
  "|---|---|---|---|---|---|---|---|";

/** Returns a table of all curves in Markdown, each with its knee. */
export function tableOf(curves: readonly Curve[]): string {
  return curves.map(({ varied, points }) => {
    const knee = kneeOf(points);
    const end = knee === undefined
      ? `Up to ${
        points.at(-1)?.[varied] ?? 0
      } ${varied} every viewer receives all messages within one second.`
      : `The knee is at ${knee[varied]} ${varied}.`;
    return [`## More ${varied}`, "", HEAD, ...points.map(row), "", end, ""].join("\n");
  }).join("\n");
}

function row({ containers, viewers, hosts, cores, megabytes, p50, p99, received }: Point): string {
  const cells = [containers, viewers, hosts].map((count) => count.toLocaleString("en-US"));
  const measured = [
    cores.toFixed(3),
    megabytes.toFixed(0),
    whole(p50),
    whole(p99),
    received.toFixed(2),
  ];
  return `| ${[...cells, ...measured].join(" | ")} |`;
}

/** Returns a whole number; a dash if no frame came. */
function whole(value: number): string {
  return Number.isNaN(value) ? "–" : value.toFixed(0);
}

/** Returns the plot of a curve as SVG. */
export function plotOf({ varied, points }: Curve): string {
  const line = (name: string, color: string, value: (point: Point) => number) => ({
    ...{ name, color },
    points: points.map((point) => [point[varied], value(point)] as const),
  });
  return plot({ title: `Cost and delay by ${varied}`, x: varied }, [
    line("CPU, % of one core", "#2563eb", ({ cores }) => cores * 100),
    line("memory, MB", "#059669", ({ megabytes }) => megabytes),
    line("delay p50, ms", "#d97706", ({ p50 }) => p50),
    line("delay p99, ms", "#dc2626", ({ p99 }) => p99),
  ]);
}

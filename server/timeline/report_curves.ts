/** Pure: curves → memory and disks that grew, or were almost full. */
import type { KeptCurve } from "../protocol/past/history.ts";
import type { Finding } from "../protocol/past/report.ts";

/** A curve with the facts of its container or host. */
export type NamedCurve = Omit<KeptCurve, "id" | "key" | "gaps">;

/** Percentage from which memory or a disk counts as full. */
const FULL = 95;
/** Share of the rows that are averaged at the begin and at the end. */
const EDGE = 0.1;
/** Fewest rows that show growth. */
const FEWEST_ROWS = 10;
/** Growth is at least this many percentage points, and to this multiple. */
const LEAST_POINTS = 1;
const LEAST_FACTOR = 1.5;
/** Growth of a disk is at least this many percentage points. */
const LEAST_DISK_POINTS = 2;

/** Columns that can be full, and their kind. */
const COLUMNS: Readonly<Record<KeptCurve["kind"], readonly (readonly [string, "memory" | "disk"])[]>> = {
  container: [["memoryUsage", "memory"]],
  host: [["hostMemoryUsage", "memory"], ["diskUsage", "disk"]],
};

/** Returns what grew and what ran out in a time span, ms. */
export function curveFindings(
  curves: readonly NamedCurve[],
  spanMs: number,
): { readonly grew: Finding[]; readonly ranOut: Finding[] } {
  const each = curves.flatMap((curve) => COLUMNS[curve.kind].map((column) => ({ curve, column })));
  return {
    grew: each.flatMap(({ curve, column: [name, kind] }) => growth(curve, name, kind, spanMs) ?? []),
    ranOut: each.flatMap(({ curve, column: [name, kind] }) => fullness(curve, name, kind) ?? []),
  };
}

function growth(
  curve: NamedCurve,
  column: string,
  kind: "memory" | "disk",
  spanMs: number,
): Finding | undefined {
  const points = valuesOf(curve, column);
  const [first, last] = [points[0], points.at(-1)];
  if (points.length < FEWEST_ROWS || last!.at - first!.at < spanMs / 2) return undefined;
  const edge = Math.ceil(points.length * EDGE);
  const [from, to] = [mean(points.slice(0, edge)), mean(points.slice(-edge))];
  const grew = kind === "disk"
    ? to - from >= LEAST_DISK_POINTS
    : to - from >= LEAST_POINTS && to >= from * LEAST_FACTOR;
  return grew ? found(curve, kind, [first!.at, last!.at], { count: points.length, from, to }) : undefined;
}

function fullness(curve: NamedCurve, column: string, kind: "memory" | "disk"): Finding | undefined {
  const full = valuesOf(curve, `${column}Max`).filter(({ value }) => value >= FULL);
  if (full.length === 0) return undefined;
  const to = Math.max(...full.map(({ value }) => value));
  return found(curve, kind, [full[0]!.at, full.at(-1)!.at], { count: full.length, from: null, to });
}

interface Value {
  readonly at: number;
  readonly value: number;
}

function valuesOf({ columns, history }: NamedCurve, column: string): Value[] {
  const place = columns.indexOf(column);
  return history.flatMap((row) => {
    const value = row[place];
    return value === null || value === undefined ? [] : [{ at: row[0]!, value }];
  });
}

function mean(values: readonly Value[]): number {
  return values.reduce((sum, { value }) => sum + value, 0) / values.length;
}

function found(
  { kind: owner, hostId, name, project, service }: NamedCurve,
  kind: "memory" | "disk",
  [first, last]: readonly [number, number],
  { count, from, to }: { readonly count: number; readonly from: number | null; readonly to: number },
): Finding {
  const rounded = (value: number | null) => value === null ? null : Math.round(value * 10) / 10;
  return {
    ...{ kind, hostId, name: owner === "host" ? null : name, project, service, count },
    first: new Date(first).toISOString(),
    last: new Date(last).toISOString(),
    ...{ exitCode: null, durationMs: null, action: null, message: null },
    from: rounded(from),
    to: rounded(to),
  };
}

import { cellNames, CONTAINER_COLUMNS, HOST_COLUMNS } from "../../server/protocol/past/history.ts";
import { curveFindings, type NamedCurve } from "../../server/timeline/report_curves.ts";
import { assertEquals } from "../assert.ts";

const SPAN = 100 * 60_000;

/** Creates a curve of one row per minute whose columns all have the same values. */
function curve(values: readonly number[], changes: Partial<NamedCurve> = {}): NamedCurve {
  const columns = cellNames(changes.kind === "host" ? HOST_COLUMNS : CONTAINER_COLUMNS);
  return {
    ...{ kind: "container", hostId: "nas", name: "web", project: null, service: null, resolutionMs: 60_000 },
    columns,
    history: values.map((value, minute) => [minute * 60_000, ...columns.slice(1).map(() => value)]),
    ...changes,
  };
}

/** Returns values that grow evenly. */
function line(from: number, to: number, count = 100): number[] {
  return Array.from({ length: count }, (_, index) => from + (to - from) * index / (count - 1));
}

Deno.test("memory that grows by half is reported with its begin and its end", () => {
  const { grew: [finding, ...others] } = curveFindings([curve(line(20, 50))], SPAN);
  assertEquals([finding?.kind, finding?.name, finding?.from, finding?.to], ["memory", "web", 21.4, 48.6]);
  assertEquals(others, []);
});

for (
  const [what, values] of [
    ["memory that stays the same", line(20, 21)],
    ["memory that grows from nearly nothing", line(0.01, 0.5)],
    ["memory that shrinks", line(50, 20)],
    ["a part of the time span", line(20, 50, 40)],
    ["a few rows", line(20, 50, 9)],
    ["nothing", []],
  ] as const
) {
  Deno.test(`${what} is not growth`, () => {
    assertEquals(curveFindings([curve(values)], SPAN).grew, []);
  });
}

Deno.test("memory and disks of hosts grow and run out", () => {
  const { grew, ranOut } = curveFindings([curve(line(60, 96), { kind: "host", name: "nas" })], SPAN);
  assertEquals(grew.map(({ kind, name }) => [kind, name]), [["memory", null], ["disk", null]]);
  assertEquals(ranOut.map(({ kind, to }) => [kind, to]), [["memory", 96], ["disk", 96]]);
});

Deno.test("memory that was almost full is reported with its highest share", () => {
  const { ranOut: [finding] } = curveFindings([curve([40, 97, 99.5, 40])], SPAN);
  assertEquals([finding?.kind, finding?.count, finding?.from, finding?.to], ["memory", 2, null, 99.5]);
  assertEquals([finding?.first, finding?.last], ["1970-01-01T00:01:00.000Z", "1970-01-01T00:02:00.000Z"]);
});

Deno.test("unknown values are neither growth nor a shortage", () => {
  const unknown = curve([1]);
  const history = Array.from(
    { length: 100 },
    (_, minute) => [minute * 60_000, ...unknown.columns.slice(1).map(() => null)],
  );
  assertEquals(curveFindings([{ ...unknown, history }], SPAN), { grew: [], ranOut: [] });
});

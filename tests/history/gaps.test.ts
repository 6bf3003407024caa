import { Gaps } from "../../server/history/gaps.ts";
import type { KeptSpan, SpanKind } from "../../server/store/history/span_store.ts";
import { assertEquals } from "../assert.ts";

/** A span in seconds. */
function span(kind: SpanKind, since: number, until: number, intervalMs = 0): KeptSpan {
  return {
    kind,
    hostId: kind === "run" ? "" : "nas",
    sinceMs: since * 1000,
    untilMs: until * 1000,
    intervalMs,
  };
}

/** A host that is read from the second 100 on, with interruptions. */
const SPANS = [
  span("run", 100, 400),
  span("up", 105, 400),
  span("collect", 105, 200, 1000),
  span("collect", 250, 400, 1000),
  span("run", 500, 900),
  span("up", 503, 600),
  span("collect", 503, 600, 1000),
  span("up", 700, 900),
  span("collect", 700, 900, 60_000),
].sort((one, other) => one.sinceMs - other.sinceMs);

/** Returns the gaps of a curve of one row per second, in seconds. */
function gaps(
  times: readonly number[],
  since: number,
  until: number,
  kind: "container" | "host" = "container",
) {
  const curve = { kind, hostId: "nas", times: times.map((at) => at * 1000), resolutionMs: 1000 };
  return new Gaps(SPANS).of(curve, { sinceMs: since * 1000, untilMs: until * 1000 })
    .map(({ from, to, reason }) => [from / 1000, to / 1000, reason]);
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

Deno.test("a curve with a row in every second has no gaps", () => {
  assertEquals(gaps(range(105, 200), 105, 200), []);
});

Deno.test("a gap while no client watched is named", () => {
  assertEquals(gaps([...range(105, 200), ...range(250, 400)], 105, 400), [[200, 250, "not-collected"]]);
});

Deno.test("a gap while DockStat or the host was down is named, without the seconds of a start", () => {
  assertEquals(gaps([...range(250, 400), ...range(504, 600)], 250, 700), [
    [400, 500, "dockstat-stopped"],
    [600, 700, "host-down"],
  ]);
});

Deno.test("a gap while samples were collected is that of a container that did not run", () => {
  assertEquals(gaps([...range(105, 120), ...range(180, 200)], 105, 200), [[120, 180, "not-running"]]);
  assertEquals(gaps([...range(105, 120), ...range(180, 200)], 105, 200, "host"), [[120, 180, "unreadable"]]);
});

Deno.test("no reason is known for the time before the first recorded run", () => {
  assertEquals(gaps(range(105, 200), 0, 200), [[0, 100, "unknown"]]);
});

Deno.test("one gap may have several reasons, in their order", () => {
  assertEquals(gaps([...range(105, 150), ...range(520, 600)], 105, 600), [
    [150, 200, "not-running"],
    [200, 250, "not-collected"],
    [250, 400, "not-running"],
    [400, 500, "dockstat-stopped"],
    [503, 520, "not-running"],
  ]);
});

Deno.test("the time between two samples of a long interval is not a gap", () => {
  assertEquals(gaps([700, 760, 820, 880], 700, 900), []);
});

Deno.test("spans that overlap because the clock was set back are one", () => {
  const spans = [span("run", 0, 100), span("run", 105, 2000), span("run", 1000, 1010)];
  const curve = { kind: "container", hostId: "nas", times: [], resolutionMs: 1000 } as const;
  assertEquals(new Gaps(spans).of(curve, { sinceMs: 200_000, untilMs: 1_900_000 }), [
    { from: 200_000, to: 1_900_000, reason: "host-down" },
  ]);
});

Deno.test("the newest 1,000 gaps are named", () => {
  const spans = Array.from({ length: 1500 }, (_, index) => span("run", index * 100, index * 100 + 50));
  const curve = { kind: "container", hostId: "nas", times: [], resolutionMs: 1000 } as const;
  const found = new Gaps(spans).of(curve, { sinceMs: 0, untilMs: 150_000_000 });
  assertEquals([found.length, found.at(-1)], [1000, {
    ...{ from: 149_950_000, to: 150_000_000 },
    reason: "dockstat-stopped",
  }]);
});

/** Prometheus' own checker reads the metrics of containers with hostile names. */
import { prometheusText } from "../../server/http/prometheus_text.ts";
import { containerMetrics } from "../../server/routes/container_metrics.ts";
import { ContainerUpdate } from "../../server/stats/update.ts";
import { findPrometheus, PROMETHEUS_MISSING } from "../../tools/engine/extras.ts";
import { assert, assertEquals } from "../assert.ts";
import { fakeContainer } from "../fakes/container.ts";

const PARTS = [
  '"',
  "\\",
  "\n",
  "\r",
  "\ud800",
  "\udc00",
  "\u{1f600}",
  "a.b",
  "a_b",
  "{",
  "}",
  ",",
  "=",
  "\0",
];
const PARTS_AND_MORE = [...PARTS, "# TYPE x gauge", "\u2028", "\u202e", " 1\n", "x".repeat(200), "ü"];

/** Returns pseudo-random numbers below a bound, the same ones in each run. */
function numbers(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor(state / 2 ** 32 * bound);
  };
}

function hostileUpdates(count: number): ContainerUpdate[] {
  const next = numbers(7);
  const text = () =>
    Array.from({ length: next(5) }, () => PARTS_AND_MORE[next(PARTS_AND_MORE.length)]).join("");
  return Array.from({ length: count }, (_, index) => {
    const id = index.toString(16).padStart(12, "0").padEnd(64, "0");
    const texts = { name: text(), image: text(), project: text(), service: text() };
    const container = fakeContainer("x", { id, state: "exited", ...texts });
    return new ContainerUpdate({
      container,
      ...{ hostId: text(), status: "", sample: undefined, stale: false, changed: false },
    });
  });
}

/** Returns the path of the checker, which belongs to Prometheus. */
function promtool(): string {
  const prometheus = findPrometheus();
  if (prometheus === undefined) throw new Error(PROMETHEUS_MISSING);
  return prometheus.replace(/prometheus$/, "promtool");
}

Deno.test("promtool accepts 10,000 containers with hostile labels", async () => {
  const text = prometheusText(containerMetrics(hostileUpdates(10_000)));
  const piped = { stdin: "piped", stdout: "piped", stderr: "piped" } as const;
  await using child = new Deno.Command(promtool(), { args: ["check", "metrics"], ...piped }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  const { success, stderr } = await child.output();
  assert(success, new TextDecoder().decode(stderr).slice(0, 500));
});

Deno.test("no two containers have the same series, also after replacing and cutting", () => {
  const text = new TextDecoder().decode(
    new TextEncoder().encode(prometheusText(containerMetrics(hostileUpdates(10_000)))),
  );
  const series = text.split("\n").filter((line) => line.startsWith("dockstat_container_state{"));
  assertEquals([series.length, new Set(series).size], [10_000, 10_000]);
});

Deno.test("containers of one name whose ids begin alike have different series", () => {
  const alike = Array.from({ length: 4 }, (_, index) => {
    const container = fakeContainer("web", { id: `${index}`.padStart(64, "a") });
    const rest = { status: "", sample: undefined, stale: false, changed: false };
    return new ContainerUpdate({ container, hostId: "nas", ...rest });
  });
  const metric = containerMetrics(alike).find(({ name }) => name === "dockstat_container_state");
  assertEquals(new Set(metric?.samples.map(([labels]) => labels)).size, 4);
});

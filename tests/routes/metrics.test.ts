import { PROMETHEUS_CONTENT_TYPE } from "../../server/http/prometheus_text.ts";
import { VERSION } from "../../server/version.ts";
import { assert, assertEquals, assertGreater, assertMatch, eventually } from "../assert.ts";
import { serveEngines, TestClient } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { QUICK } from "../fakes/times.ts";
import { serveStacks } from "../stacks/client.ts";

const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const LABEL = String.raw`[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*"`;
const SAMPLE = new RegExp(
  String.raw`^(${NAME})(?:\{(${LABEL}(?:,${LABEL})*)\})? (-?\d+(?:\.\d+)?(?:e[+-]\d+)?)$`,
);

/** Scrapes the metrics, checks that they are valid for Prometheus, and returns the values by series. */
async function scrape(url: string): Promise<ReadonlyMap<string, number>> {
  const answer = await fetch(`${url}/metrics`);
  assertEquals([answer.status, answer.headers.get("content-type")], [200, PROMETHEUS_CONTENT_TYPE]);
  return parse(await answer.text());
}

/** Parses metrics strictly: help, type and all samples of a metric together, and no duplicate series. */
function parse(text: string): ReadonlyMap<string, number> {
  assert(text.endsWith("\n"), "the last line ends");
  const values = new Map<string, number>();
  const seen = new Set<string>();
  let metric = "";
  for (const line of text.slice(0, -1).split("\n")) {
    const help = new RegExp(`^# HELP (${NAME}) .+$`).exec(line)?.[1];
    if (help !== undefined) {
      assert(!seen.has(help), `${help} occurs once`);
      seen.add(help);
      metric = help;
      continue;
    }
    if (line.startsWith("#")) {
      assertMatch(
        line,
        new RegExp(`^# TYPE ${metric} (${metric.endsWith("_total") ? "counter" : "gauge"})$`),
      );
      continue;
    }
    const [, name = "", labels = "", value] = SAMPLE.exec(line) ?? [];
    assertEquals(name, metric, line);
    const series = `${name}{${labels}}`;
    assert(!values.has(series), `${series} once`);
    values.set(series, Number(value));
  }
  return values;
}

Deno.test("exports the values of a container with its labels, in base units", async () => {
  const web = fakeContainer("web", { project: "shop", service: "web", health: "healthy" });
  await using server = await serveEngines({ Localhost: new FakeEngine(web) });
  const values = await scrape(server.url);
  const labels = 'host="Localhost",name="web",image="busybox:1",project="shop",service="web"';
  const value = (metric: string, more = "") => values.get(`dockstat_container_${metric}{${labels}${more}}`);
  assertEquals([value("cpu_percent"), value("cpus"), value("pids")], [50, 2, 3]);
  assertEquals([value("memory_bytes"), value("memory_limit_bytes")], [256, 1024]);
  assertEquals([value("state", ',state="running"'), value("health", ',health="healthy"')], [1, 1]);
  assertEquals(value("start_time_seconds"), web.startedAt! / 1000);
  // The n-th reading is n seconds old and uses half a core.
  const n = value("network_receive_bytes_total")! / 1000;
  assertGreater(n, 0);
  assertEquals(value("cpu_seconds_total"), 1 + n / 2);
  assertEquals([value("network_transmit_bytes_total"), value("block_read_bytes_total")], [n * 10, n * 100]);
  assertEquals(value("block_write_bytes_total"), 0);
});

Deno.test("exports only the state of a container that does not run", async () => {
  const job = fakeContainer("job", { state: "exited", finishedAt: Date.now() });
  await using server = await serveEngines({ Localhost: new FakeEngine(job) });
  const ofContainers = [...await scrape(server.url)].filter(([series]) =>
    series.startsWith("dockstat_container_")
  );
  assertEquals(ofContainers.length, 1);
  assertMatch(ofContainers[0]![0], /^dockstat_container_state\{.*,project="",service="",state="exited"\}$/);
});

Deno.test("escapes label values", async () => {
  const container = fakeContainer("odd", { image: 'a"b\\c\nd', project: "ünï" });
  await using server = await serveEngines({ Localhost: new FakeEngine(container) });
  const [series] = (await scrape(server.url)).keys();
  assertMatch(series!, /image="a\\"b\\\\c\\nd",project="ünï"/);
});

Deno.test("exports a host that is down without its containers", async () => {
  const nas = new FakeEngine(fakeContainer("web"));
  await using server = await serveEngines({ nas, lab: new FakeEngine(fakeContainer("db")) });
  const before = await scrape(server.url);
  assertEquals([before.get('dockstat_host_up{host="nas"}'), before.get('dockstat_host_cpus{host="nas"}')], [
    1,
    2,
  ]);
  nas.goDown("connection reset");
  const after = await eventually("the failure", async () => {
    const values = await scrape(server.url);
    return values.get('dockstat_host_up{host="nas"}') === 0 ? values : undefined;
  });
  const hosts = new Set([...after.keys()].map((key) => /^dockstat_container_.*host="(\w+)"/.exec(key)?.[1]));
  assertEquals([...hosts].filter((host) => host !== undefined), ["lab"]);
});

Deno.test("counts stacks by status, and operations by result", async () => {
  const byhand = fakeContainer("other", { project: "byhand", service: "db" });
  await using it = await serveStacks({ engine: new FakeEngine(byhand) });
  const id = await it.create("web", { deploy: false });
  it.compose.work = () => Promise.resolve({ code: 1, error: "no" });
  await it.call("POST", `/stacks/${id}/deploy?wait=1`);
  const values = await scrape(it.server.url);
  assertEquals(values.get('dockstat_stacks{status="never_deployed",managed="true"}'), 1);
  assertEquals(values.get('dockstat_stacks{status="running",managed="false"}'), 1);
  assertEquals(values.get('dockstat_operations_ended_total{state="failed"}'), 1);
  assertEquals(values.get('dockstat_operations_ended_total{state="succeeded"}'), 0);
  assertEquals(values.get('dockstat_operations{state="running"}'), 0);
});

Deno.test("counts a running operation", async () => {
  await using it = await serveStacks();
  const end = Promise.withResolvers<void>();
  it.compose.work = () => end.promise.then(() => ({ code: 0, error: undefined }));
  await it.create("web");
  await eventually(
    "the run",
    async () => (await scrape(it.server.url)).get('dockstat_operations{state="running"}') === 1,
  );
  end.resolve();
  await eventually(
    "the end",
    async () => (await scrape(it.server.url)).get('dockstat_operations{state="running"}') === 0,
  );
});

Deno.test("exports sockets, memory, start time and version of the server", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  await using client = new TestClient(server.url, "/docker/stats");
  await client.frame("the greeting", () => true);
  const values = await scrape(server.url);
  assertEquals(values.get("dockstat_sockets{}"), 1);
  assertEquals(values.get(`dockstat_build_info{version="${VERSION}",deno="${Deno.version.deno}"}`), 1);
  assertGreater(values.get("process_resident_memory_bytes{}")!, 1e6);
  assertGreater(values.get("process_start_time_seconds{}")!, 1.7e9);
});

Deno.test("a scrape does not keep the collector running", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  // Streams deliver readings until they are closed.
  engine.bursts = false;
  await using server = await serveEngines({ Localhost: engine }, { times: { ...QUICK, lingerMs: 60_000 } });
  await scrape(server.url);
  assertGreater(engine.calls.streams, 0);
  await eventually("closed streams", () => engine.openStreams === 0);
});

Deno.test("refuses options, and sends no body for HEAD", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  const wrong = await fetch(`${server.url}/metrics?host=nas`);
  assertEquals([wrong.status, (await wrong.json()).errors.length], [400, 1]);
  const head = await fetch(`${server.url}/metrics`, { method: "HEAD" });
  assertEquals([head.status, head.headers.get("content-type"), await head.text()], [
    200,
    PROMETHEUS_CONTENT_TYPE,
    "",
  ]);
});

Deno.test("has 20,000 series at most, those of running containers first", async () => {
  const stopped = Array.from({ length: 2000 }, (_, index) => fakeContainer(`${index}`, { state: "exited" }));
  await using server = await serveEngines({
    Localhost: new FakeEngine(...stopped, fakeContainer("web")),
  });
  const values = await scrape(server.url);
  assert(values.size <= 20_000, `${values.size} series`);
  assertGreater(values.get("dockstat_containers_omitted{}")!, 0);
  assertEquals([...values.keys()].filter((series) => /_pids\{.*name="web"/.test(series)).length, 1);
});

/** A real Prometheus scrapes a server; every query of the dashboard for Grafana returns series. */
import { findPrometheus, PROMETHEUS_MISSING } from "../../tools/engine/extras.ts";
import { assertEquals, assertGreater, eventually } from "../assert.ts";
import { serveEngines } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { freePort } from "../free_port.ts";
import { steadyMachine } from "../stats/hosts/steady_machine.ts";

/** Values of the dashboard's variables. */
const VARIABLES: Readonly<Record<string, string>> = { host: ".*", container: ".*", __rate_interval: "30s" };

/** Starts Prometheus for one scope; it scrapes a server every second. */
async function startPrometheus(target: string): Promise<{ readonly url: string } & AsyncDisposable> {
  const program = findPrometheus();
  if (program === undefined) throw new Error(PROMETHEUS_MISSING);
  const folder = temporaryFolder({
    "prometheus.yml": `global: { scrape_interval: 1s }
scrape_configs: [{ job_name: dockstat, static_configs: [{ targets: ["${new URL(target).host}"] }] }]
`,
  });
  const port = freePort();
  const args = [
    `--config.file=${folder.path("prometheus.yml")}`,
    `--storage.tsdb.path=${folder.path("data")}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const running = new Deno.Command(program, { args, stdin: "null", stdout: "null", stderr: "null" }).spawn();
  const url = `http://127.0.0.1:${port}`;
  await eventually("Prometheus", () => fetch(`${url}/-/ready`).then(isOk, () => false));
  return {
    url,
    async [Symbol.asyncDispose]() {
      running.kill("SIGTERM");
      await running.status;
      folder[Symbol.dispose]();
    },
  };
}

async function isOk(answer: Response): Promise<boolean> {
  await answer.body?.cancel();
  return answer.ok;
}

/** Returns the number of series of a query. */
async function seriesOf(url: string, query: string): Promise<number> {
  const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(query)}`);
  const { status, data, error } = await answer.json();
  assertEquals(status, "success", `${query}: ${error}`);
  return data.result.length;
}

async function dashboardQueries(): Promise<string[]> {
  const text = await Deno.readTextFile(new URL("../../docs/grafana.json", import.meta.url));
  const { panels }: { panels: { targets: { expr: string }[] }[] } = JSON.parse(text);
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
    .map((expr) => expr.replace(/\$(\w+)/g, (whole, name) => VARIABLES[name] ?? whole));
}

Deno.test("every query of the dashboard returns series, also with hostile names", async () => {
  const limits = { cpuLimit: 1.5, memoryLimited: true };
  const engine = new FakeEngine(
    fakeContainer("web", { project: "shop", service: "web", ...limits }),
    fakeContainer('a"b\\c\nd', { project: "\u{1f600}".repeat(100), service: "x\ud800y" }),
  );
  engine.machine = steadyMachine();
  await using server = await serveEngines({ Localhost: engine });
  await using prometheus = await startPrometheus(server.url);
  const queries = await dashboardQueries();
  assertGreater(queries.length, 10);
  for (const query of queries) {
    await eventually(`series of ${query}`, () => seriesOf(prometheus.url, query));
  }
  // A scrape on a loaded machine may exceed its timeout.
  await eventually("a scrape", () => seriesOf(prometheus.url, 'up{job="dockstat"} == 1'));
  engine.destroy("web");
  await eventually(
    "the end of the removed container's series",
    async () => await seriesOf(prometheus.url, 'container_memory_working_set_bytes{name="web"}') === 0,
  );
});

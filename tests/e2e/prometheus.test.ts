/** A real Prometheus scrapes a server. Every query of the dashboard for Grafana returns series. */
import { findPrometheus, PROMETHEUS_MISSING } from "../../tools/engine/extras.ts";
import { assertEquals, assertGreater, eventually } from "../assert.ts";
import { serve } from "../../server/serve.ts";
import { serveEngines, testConfig } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { freePort } from "../free_port.ts";
import { steadyMachine } from "../stats/hosts/steady_machine.ts";
import { startContainer } from "./engines.ts";
import { can, engine } from "./kernel/machine.ts";

/** Values of the dashboard's variables. */
const VARIABLES: Readonly<Record<string, string>> = { host: ".*", container: ".*", __rate_interval: "30s" };

/** Starts Prometheus for one scope; a scrape may take as long as the time between two of them. */
async function startPrometheus(
  target: string,
  interval = "1s",
): Promise<{ readonly url: string } & AsyncDisposable> {
  const program = findPrometheus();
  if (program === undefined) throw new Error(PROMETHEUS_MISSING);
  const folder = temporaryFolder({
    "prometheus.yml": `global: { scrape_interval: ${interval}, scrape_timeout: ${interval} }
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
  const fake = new FakeEngine(
    fakeContainer("web", { project: "shop", service: "web", ...limits }),
    fakeContainer('a"b\\c\nd', { project: "\u{1f600}".repeat(100), service: "x\ud800y" }),
  );
  fake.machine = steadyMachine();
  await using server = await serveEngines({ Localhost: fake });
  await using prometheus = await startPrometheus(server.url);
  const queries = await dashboardQueries();
  assertGreater(queries.length, 10);
  for (const query of queries) {
    await eventually(`series of ${query}`, () => seriesOf(prometheus.url, query));
  }
  // A scrape on a loaded machine may exceed its timeout.
  await eventually("a scrape", () => seriesOf(prometheus.url, 'up{job="dockstat"} == 1'));
  fake.destroy("web");
  await eventually(
    "the end of the removed container's series",
    async () => await seriesOf(prometheus.url, 'container_memory_working_set_bytes{name="web"}') === 0,
  );
});

Deno.test(
  "Prometheus reads the further metrics of cAdvisor of a real container",
  { ignore: !can },
  async () => {
    const name = "dockstat-scraped";
    const script = "busybox nc -l -p 80 & while :; do busybox sleep 0.1; done";
    await using _container = await startContainer(engine, name, ["--memory=64m"], [
      "busybox",
      "sh",
      "-c",
      script,
    ]);
    await using server = await serve(
      testConfig([{ kind: "docker", id: "Localhost", endpoint: { url: engine.url } }]),
    );
    await using prometheus = await startPrometheus(server.url, "4s");
    const here = `name="${name}"`;
    for (
      const query of [
        `container_tasks_state{${here},state="sleeping"} >= 1`,
        `container_cpu_schedstat_run_seconds_total{${here}} > 0`,
        `container_cpu_schedstat_run_periods_total{${here}} > 0`,
        `container_fs_limit_bytes{${here},device="data"} > 0`,
        `container_fs_sector_reads_total{${here},device="all"}`,
        // Only hosts with few containers have them.
        `container_network_tcp6_usage_total{${here},tcp_state="listen"} == 1 or count(container_processes) > 64`,
        `container_network_tcp_usage_total{${here},tcp_state="listen"} == 0 or count(container_processes) > 64`,
      ]
    ) await eventually(`series of ${query}`, () => seriesOf(prometheus.url, query));
    // Processes end all the time, and the sum of their times grows all the same.
    const falls = `resets(container_cpu_schedstat_run_seconds_total{${here}}[3m]) == 0`;
    await eventually(
      "a second scrape",
      () =>
        seriesOf(prometheus.url, `count_over_time(container_tasks_state{${here},state="running"}[3m]) > 1`),
    );
    assertEquals(await seriesOf(prometheus.url, falls), 1);
  },
);

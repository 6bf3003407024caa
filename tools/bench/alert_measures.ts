/** Measurements of alerts: the time until a webhook has them, and the cost of many rules. */
import { docker, IMAGE, OWN_LABEL, type RealEngine } from "../../tests/e2e/engines.ts";
import { type Receiver, receiver } from "../../tests/fakes/outbound/receiver.ts";
import { temporaryFolder } from "../../tests/fakes/folder.ts";
import { tryRun } from "../engine/run.ts";
import { type Child, startServer, taskArguments } from "./children.ts";
import type { Row } from "./measures.ts";
import { coresUsed, median } from "./processes.ts";
import { pause } from "./run.ts";

const PREFIX = "dockstat-bench-alert-";
/** Containers that fail, and those whose memory grows. */
const [FAILING, GROWING] = [50, 8];
/** Containers that are started at the same time. */
const TOGETHER = 5;
/** Time until the first container of each group runs its command, s; each other one waits a second longer. */
const FIRST_SECONDS = 2;
const TIMES = "{{.State.StartedAt}} {{.State.FinishedAt}}";
/** Longest wait for the messages after the last event, s. */
const PATIENCE_SECONDS = 15;

const FAILED = `
  - { name: Failed, when: { kind: state, state: failed }, match: { container: "${PREFIX}*" }, deliver: [hook] }`;
const GROWN = `
  - name: Grown
    when: { kind: threshold, metric: memoryBytes, above: 20000000 }
    match: { container: "${PREFIX}*" }
    deliver: [hook]`;

/** Grows by 40 MB and then stays, or ends with an error. */
const GROWS = "dd if=/dev/zero of=/dev/shm/grown bs=1M count=40 2>/dev/null; sleep 1000";
const FAILS = "exit 3";

/** Measures the time from events of real containers to a webhook. */
export async function timeToWebhook(engine: RealEngine): Promise<Row[]> {
  return [
    {
      what: `From the exit of a container to its alert at a webhook, p99 of ${FAILING}`,
      target: "≤ 2 s",
      measured: described(await delays(engine, FAILED, FAILS, FAILING)),
    },
    {
      what: `From a value above a threshold to its alert at a webhook, p99 of ${GROWING}`,
      target: "≤ 7 s (an interval and 2 s)",
      measured: described(await delays(engine, GROWN, GROWS, GROWING)),
    },
  ];
}

function described(delays: readonly number[]): string {
  const sorted = delays.toSorted((one, other) => one - other);
  const p99 = sorted[Math.ceil(sorted.length * 0.99) - 1]!;
  return `${(p99 / 1000).toFixed(1)} s (median ${(median(sorted) / 1000).toFixed(1)} s)`;
}

/** Starts containers that run a command after some seconds, and returns the delays of their alerts, ms. */
async function delays(engine: RealEngine, rule: string, command: string, count: number): Promise<number[]> {
  await using hook = receiver();
  const arrivals = new Map<string, number>();
  hook.onReceived = ({ event, container }) => {
    if (event === "alarm") arrivals.set(container, Date.now());
  };
  await using server = alertingServer(rule, hook, { DOCKER_HOST: engine.url });
  await server.first;
  const names = Array.from({ length: count }, (_, index) => `${PREFIX}${index}`);
  try {
    for (let at = 0; at < count; at += TOGETHER) {
      await Promise.all(
        names.slice(at, at + TOGETHER).map((name, index) =>
          docker(engine, ...runArguments(name), "sh", "-c", `sleep ${FIRST_SECONDS + index}; ${command}`)
        ),
      );
    }
    for (let left = PATIENCE_SECONDS * 10; left > 0 && arrivals.size < count; left--) await pause(0.1);
    const moments = await momentsOf(engine, names);
    return names.map((name, index) => (arrivals.get(name) ?? Infinity) - moments[index]!);
  } finally {
    await tryRun("docker", ["-H", engine.url, "rm", "-f", ...names]);
  }
}

/** Returns the times at which containers have ended, or have run their command, epoch ms. */
async function momentsOf(engine: RealEngine, names: readonly string[]): Promise<number[]> {
  const lines = await docker(engine, "inspect", "--format", TIMES, ...names);
  return lines.trim().split("\n").map((line, index) => {
    const [started = NaN, finished = NaN] = line.split(" ").map(Date.parse);
    // A container that runs has an end before its start.
    return finished > started ? finished : started + (FIRST_SECONDS + index % TOGETHER) * 1000;
  });
}

function runArguments(name: string): string[] {
  return ["run", "-d", "--name", name, "--label", OWN_LABEL, "--network=none", IMAGE];
}

/** Starts a server with rules for one scope. */
function alertingServer(
  rules: string,
  hook: Receiver | undefined,
  env: Record<string, string>,
  flags: readonly string[] = [],
): Child {
  const port = hook?.port ?? 1;
  const folder = temporaryFolder({
    "dockstat.yaml": `history: { keep: 1m, always: false }
outbound: { allow: ["127.0.0.1:${port}"] }
channels: [{ id: hook, name: Hook, kind: webhook, url: "env:ALERT_BENCH_URL" }]
alerts:${rules}
`,
  });
  const command = [Deno.execPath(), ...taskArguments()];
  const child = startServer(command, ["--config", folder.path("dockstat.yaml"), ...flags], {
    ...{ ALERT_BENCH_URL: `http://127.0.0.1:${port}/`, ...env },
  });
  return {
    ...child,
    async [Symbol.asyncDispose]() {
      await child[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

/** Rules of the measurement of their cost, and simulated containers. */
const [RULES, CONTAINERS] = [500, 1000];
const [WARM_SECONDS, MEASURED_SECONDS] = [8, 15];

/** Measures what many rules cost more than one rule that needs the same numbers. */
export async function costOfRules(): Promise<Row> {
  const demo = ["--demo", String(CONTAINERS)];
  await using one = alertingServer(rules(1), undefined, {}, demo);
  await using many = alertingServer(rules(RULES), undefined, {}, demo);
  await Promise.all([one.first, many.first]);
  await pause(WARM_SECONDS);
  const [few = 0, all = 0] = await coresUsed([one.pid, many.pid], MEASURED_SECONDS);
  return {
    what:
      `${RULES} rules about ${CONTAINERS} simulated containers, beside 1 rule about them: CPU of the server`,
    target: "≤ 0.02 core",
    measured: `${(all - few).toFixed(3)} core (${all.toFixed(3)} against ${few.toFixed(3)})`,
  };
}

/** Returns rules about numbers and states of all containers, whose limits are rarely and often crossed. */
function rules(count: number): string {
  const conditions = [
    (n: number) => `{ kind: threshold, metric: cpu, above: ${n} }`,
    (n: number) => `{ kind: threshold, metric: memory, above: ${n % 100} }`,
    () => "{ kind: state, state: unhealthy }",
    () => "{ kind: state, state: failed }",
  ];
  return Array.from(
    { length: count },
    (_, n) => `\n  - { name: "Rule ${n}", for: 1d, when: ${conditions[n % conditions.length]!(n)} }`,
  ).join("");
}

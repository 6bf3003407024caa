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
/** Time from the start of the first container to the first event, and between events, ms. */
const [FIRST_MS, STEP_MS] = [12_000, 200];
/** Containers that are started at the same time. */
const TOGETHER = 5;
/** Longest wait for the messages after the last event, s. */
const PATIENCE_SECONDS = 15;

/** Events of real containers: what they run, and the rule about it. */
const EVENTS = {
  exit: { count: 50, command: "exit 3", when: "{ kind: state, state: failed }" },
  grow: {
    count: 8,
    command: "dd if=/dev/zero of=/dev/shm/grown bs=1M count=40 2>/dev/null; sleep 1000",
    when: "{ kind: threshold, metric: memoryBytes, above: 20000000 }",
  },
};

/** A container whose event comes at a time. */
interface Actor {
  readonly name: string;
  readonly command: string;
  /** Time from the start of the first container to the event, ms. */
  readonly afterMs: number;
}

/** Measures the time from events of real containers to a webhook. */
export async function timeToWebhook(engine: RealEngine): Promise<Row[]> {
  await using hook = receiver();
  const arrivals = new Map<string, number>();
  hook.onReceived = ({ event, container }) => {
    if (event === "alarm") arrivals.set(container, Date.now());
  };
  const rules = Object.entries(EVENTS).map(([kind, { when }]) =>
    `\n  - { name: ${kind}, when: ${when}, match: { container: "${PREFIX}${kind}-*" }, deliver: [hook] }`
  );
  await using server = alertingServer(rules.join(""), hook, { DOCKER_HOST: engine.url });
  await server.first;
  const actors = allActors();
  try {
    const moments = await act(engine, actors);
    for (let left = PATIENCE_SECONDS * 10; left > 0 && arrivals.size < actors.length; left--) {
      await pause(0.1);
    }
    await addEnds(engine, moments);
    const delays = (kind: string) =>
      [...moments].filter(([name]) => name.includes(`-${kind}-`))
        .map(([name, moment]) => (arrivals.get(name) ?? Infinity) - moment);
    return [
      {
        what: `From the exit of a container to its alert at a webhook, p99 of ${EVENTS.exit.count}`,
        target: "≤ 2 s",
        measured: described(delays("exit")),
      },
      {
        what: `From a value above a threshold to its alert at a webhook, p99 of ${EVENTS.grow.count}`,
        target: "≤ 7 s (an interval and 2 s)",
        measured: described(delays("grow")),
      },
    ];
  } finally {
    await tryRun("docker", ["-H", engine.url, "rm", "-f", ...actors.map(({ name }) => name)]);
  }
}

function allActors(): Actor[] {
  let afterMs = FIRST_MS;
  return Object.entries(EVENTS).flatMap(([kind, { count, command }]) =>
    Array.from({ length: count }, (_, index) => {
      afterMs += STEP_MS;
      return { name: `${PREFIX}${kind}-${index}`, command, afterMs };
    })
  );
}

/** Starts the containers, waits for their events, and returns the times of those, epoch ms. */
async function act(engine: RealEngine, actors: readonly Actor[]): Promise<Map<string, number>> {
  const began = Date.now();
  const moments = new Map<string, number>();
  for (let at = 0; at < actors.length; at += TOGETHER) {
    await Promise.all(
      actors.slice(at, at + TOGETHER).map(async ({ name, command, afterMs }) => {
        const seconds = Math.max(1, (began + afterMs - Date.now()) / 1000).toFixed(1);
        const options = ["--name", name, "--label", OWN_LABEL, "--network=none", IMAGE];
        await docker(engine, "run", "-d", ...options, "sh", "-c", `sleep ${seconds}; ${command}`);
        const started = await docker(engine, "inspect", "--format", "{{.State.StartedAt}}", name);
        moments.set(name, Date.parse(started.trim()) + Number(seconds) * 1000);
      }),
    );
  }
  await pause(Math.max(0, Math.max(...moments.values()) - Date.now()) / 1000);
  return moments;
}

/** Replaces the times of containers that have ended by the engine's. */
async function addEnds(engine: RealEngine, moments: Map<string, number>): Promise<void> {
  const format = "{{.State.Running}} {{.State.FinishedAt}}";
  const lines = (await docker(engine, "inspect", "--format", format, ...moments.keys())).trim().split("\n");
  for (const [index, name] of [...moments.keys()].entries()) {
    const [isRunning, finished = ""] = lines[index]!.split(" ");
    if (isRunning === "false") moments.set(name, Date.parse(finished));
  }
}

function described(delays: readonly number[]): string {
  const sorted = delays.toSorted((one, other) => one - other);
  const p99 = sorted[Math.ceil(sorted.length * 0.99) - 1]!;
  return `${(p99 / 1000).toFixed(1)} s (median ${(median(sorted) / 1000).toFixed(1)} s)`;
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
const [WARM_SECONDS, MEASURED_SECONDS] = [12, 15];

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
    (n: number) => `{ kind: threshold, metric: cpu, above: ${20 + n} }`,
    (n: number) => `{ kind: threshold, metric: memory, above: ${50 + n % 50} }`,
    () => "{ kind: state, state: unhealthy }",
    () => "{ kind: state, state: failed }",
  ];
  return Array.from(
    { length: count },
    (_, n) => `\n  - { name: "Rule ${n}", for: 1d, when: ${conditions[n % conditions.length]!(n)} }`,
  ).join("");
}

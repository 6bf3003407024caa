/** Measurements of stacks. */
import { docker, IMAGE, type RealEngine } from "../../tests/e2e/engines.ts";
import { BENCH_TOKEN as TOKEN, startDockStat } from "./children.ts";
import type { Row } from "./measures.ts";
import { median } from "./processes.ts";

const NAME = "dockstat-bench-stack";
const ROUNDS = 5;
/** Number of measured events of one operation. */
const EVENTS = 500;

/** Compose file of five services, each of which stops at the first signal. */
const COMPOSE = `services:\n${
  Array.from({ length: 5 }, (_, index) =>
    `  s${index}: {image: "${IMAGE}", command: ["sleep", "1000"], stop_grace_period: 0s, labels: {dockstat.test: ""}}\n`)
    .join("")
}`;

/** Measures the duration of a deploy through DockStat, against `docker compose up -d`. */
export async function deployOverhead(engine: RealEngine): Promise<Row> {
  const folder = await Deno.makeTempDir({ prefix: "dockstat-bench-" });
  const file = `${folder}/compose.yaml`;
  await Deno.writeTextFile(file, COMPOSE);
  const directly = ["compose", "-p", NAME, "-f", file];
  try {
    await using server = startDockStat(["--token", TOKEN, "--data", `${folder}/data`], {
      DOCKER_HOST: engine.url,
    });
    const url = await server.first;
    const { stack_id } = await post(url, "/stacks", { name: NAME, compose: COMPOSE, deploy: false });
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await timed(() => post(url, `/stacks/${stack_id}/deploy?wait=1`)));
      await docker(engine, ...directly, "down");
      theirs.push(await timed(() => docker(engine, ...directly, "up", "-d")));
      await docker(engine, ...directly, "down");
    }
    return {
      what: "A deploy through DockStat against `docker compose up -d` by hand, 5 services (medians)",
      target: "≤ 1.1",
      measured: `${(median(ours) / median(theirs)).toFixed(2)} (${median(ours).toFixed(0)} against ${
        median(theirs).toFixed(0)
      } ms)`,
    };
  } finally {
    await docker(engine, ...directly, "down");
    await Deno.remove(folder, { recursive: true });
  }
}

/** Script of a Compose that prints the time as its progress, one line every few milliseconds. */
const SCRIPT = `#!/bin/sh
case "$*" in
  *"version --short"*) echo 2.40.3 ;;
  *config*) echo '{"services": {"web": {"image": "busybox:1"}}}' ;;
  *) n=0; while [ $n -lt ${EVENTS} ]; do n=$((n + 1)); echo "{\\"id\\":\\"Container c\\",\\"status\\":\\"$(date +%s%N) $n\\"}" >&2; sleep 0.004; done ;;
esac
`;

/** Measures the delay from Compose's stderr to a client. */
export async function eventDelay(engine: RealEngine): Promise<Row> {
  const folder = await Deno.makeTempDir({ prefix: "dockstat-bench-" });
  try {
    await Deno.mkdir(`${folder}/docker/cli-plugins`, { recursive: true });
    const plugin = `${folder}/docker/cli-plugins/docker-compose`;
    await Deno.writeTextFile(plugin, SCRIPT, { mode: 0o755 });
    const env = { DOCKER_HOST: engine.url, DOCKER_CONFIG: `${folder}/docker` };
    await using server = startDockStat(["--token", TOKEN], env, [plugin]);
    const url = await server.first;
    const delays: number[] = [];
    using socket = new Viewer(url, (message) => {
      const written = /: (\d{13})\d{6} \d+$/.exec(message)?.[1];
      if (written !== undefined) delays.push(Date.now() - Number(written));
    });
    await socket.opened;
    const { stack_id } = await post(url, "/stacks", { name: NAME, compose: COMPOSE, deploy: false });
    await post(url, `/stacks/${stack_id}/deploy?wait=1`);
    delays.sort((one, other) => one - other);
    return {
      what: "An event from Compose's stderr to a client, p99",
      target: "≤ 20 ms",
      measured: `${delays[Math.floor(delays.length * 0.99)]} ms (median ${
        median(delays)
      } ms, ${delays.length} events)`,
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

class Viewer implements Disposable {
  readonly #socket: WebSocket;
  readonly opened: Promise<void>;

  constructor(url: string, onMessage: (message: string) => void) {
    this.#socket = new WebSocket(`${url.replace("http", "ws")}/stacks`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    this.opened = new Promise((resolve) => {
      this.#socket.onmessage = ({ data }) => {
        resolve();
        onMessage(JSON.parse(data).data?.message ?? "");
      };
    });
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }
}

async function post(url: string, path: string, body?: object): Promise<{ readonly stack_id: number }> {
  const response = await fetch(url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}`, ...body ? { "content-type": "application/json" } : {} },
    ...body ? { body: JSON.stringify(body) } : {},
  });
  const answer = await response.json();
  if (!response.ok || answer.state === "failed") throw new Error(JSON.stringify(answer));
  return answer;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

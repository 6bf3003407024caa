/** Servers, projects and a registry for tests of stacks on a real engine; each exists for one scope. */
import type { Config } from "../../server/config/config.ts";
import type { ChildEnvironment } from "../../server/config/child_environment.ts";
import { serve, type ServeOptions, type Server } from "../../server/serve.ts";
import { assertEquals, eventually } from "../assert.ts";
import { testConfig, TOKEN } from "../client.ts";
import { OLDER_COMPOSE, REGISTRY } from "../../tools/engine/extras.ts";
import { run, tryRun } from "../../tools/engine/run.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { freePort } from "../free_port.ts";
import { docker, IMAGE, type RealEngine } from "./engines.ts";

const PROJECT = "com.docker.compose.project";

/** A server with an address. */
interface Served {
  readonly url: string;
}

// deno-lint-ignore no-explicit-any -- responses of any shape; tests check individual keys
type Body = any;

/** Parsed response. */
export interface Answer {
  readonly status: number;
  readonly body: Body;
}

/** Lists the Compose versions of this machine, each with the environment that selects it. */
export async function composes(): Promise<readonly (readonly [version: string, env: ChildEnvironment])[]> {
  const base = testConfig([]).env as ChildEnvironment;
  const newest = [await run("docker", ["compose", "version", "--short"]), base] as const;
  const older = await tryRun(`${OLDER_COMPOSE}/cli-plugins/docker-compose`, ["version", "--short"]);
  if (older !== undefined) return [newest, [older, { ...base, DOCKER_CONFIG: OLDER_COMPOSE }]];
  if (Deno.env.get("CI")) throw new Error('CI needs an older Compose as well: "deno task engine --tests"');
  return [newest];
}

/** Starts a server with an engine as host "Localhost", and waits until the host is up. */
export async function serveStacks(
  { url }: Pick<RealEngine, "url">,
  changes: Partial<Config> = {},
  options: ServeOptions = {},
): Promise<Server> {
  const server = await serve(
    testConfig([{ kind: "docker", id: "Localhost", endpoint: { url } }], changes),
    options,
  );
  await up(server);
  return server;
}

/** Waits until the host is up. */
export async function up(server: Served): Promise<void> {
  await eventually(
    "the host",
    async () => (await call(server, "GET", "/docker/hosts")).body[0].state === "up",
  );
}

/** Sends a request with the token. */
export async function call(server: Served, method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(server.url + path, {
    method,
    headers: {
      authorization: `Bearer ${TOKEN}`,
      ...body === undefined ? {} : { "content-type": "application/json" },
    },
    ...body === undefined ? {} : { body: JSON.stringify(body) },
  });
  return { status: response.status, body: await response.json() };
}

/** Creates a stack and returns its id. */
export async function create(server: Served, stack: Readonly<Record<string, unknown>>): Promise<number> {
  const { status, body } = await call(server, "POST", "/stacks", stack);
  assertEquals([status, body.detail], [201, undefined]);
  return body.stack_id;
}

/** Runs a command on a stack, and returns the final state, such as "succeeded". */
export async function act(server: Served, stackId: number, command: string): Promise<string> {
  return (await call(server, "POST", `/stacks/${stackId}/${command}?wait=1`)).body.state;
}

/** Waits until the server reports a status of a stack: a slow engine may list its containers late. */
export async function hasStatus(server: Served, stackId: number, status: string): Promise<void> {
  await eventually(
    `the status ${status}`,
    async () => (await call(server, "GET", `/stacks/${stackId}`)).body.status === status,
  );
}

/** Builds a service that runs a script, with additional lines without their indentation. */
export function service(name: string, script: string, ...more: readonly string[]): string {
  const command = JSON.stringify(["busybox", "sh", "-c", script]);
  const lines = [`image: ${IMAGE}`, `command: ${command}`, "stop_grace_period: 0s", ...more];
  return [`  ${name}:`, ...lines.map((line) => `    ${line}`), ""].join("\n");
}

/** Builds a compose file. */
export function services(...all: readonly string[]): string {
  return `services:\n${all.join("")}`;
}

/** A service that runs until it is stopped. */
export const WEB = service("web", "exec sleep 1000");

/** Creates a unique project name; disposing it removes everything of the project from the engine. */
export function projectName(engine: RealEngine): { readonly name: string } & AsyncDisposable {
  const name = `dockstat-e2e-${crypto.randomUUID().slice(0, 8)}`;
  return {
    name,
    async [Symbol.asyncDispose]() {
      const filter = ["--filter", `label=${PROJECT}=${name}`];
      const remove = async (list: readonly string[], ...command: string[]) => {
        const found = await docker(engine, ...list, "-q", ...filter);
        if (found !== "") await docker(engine, ...command, ...found.split("\n"));
      };
      await remove(["ps", "-a"], "rm", "-f", "-v");
      await remove(["network", "ls"], "network", "rm");
      await remove(["volume", "ls"], "volume", "rm");
    },
  };
}

/** Lists the states of a project's containers, as the engine reports them. */
export async function statesOf(engine: RealEngine, project: string): Promise<string[]> {
  const filter = `label=${PROJECT}=${project}`;
  const text = await docker(engine, "ps", "-a", "--filter", filter, "--format", "{{.State}}");
  return text === "" ? [] : text.split("\n");
}

/** Starts a registry for one scope. */
export async function startRegistry(): Promise<{ readonly address: string } & AsyncDisposable> {
  const address = `127.0.0.1:${freePort()}`;
  const folder = temporaryFolder({});
  const storage = `storage: { filesystem: { rootdirectory: ${folder.path("kept")} } }`;
  const config = folder.path("config.yml");
  await Deno.writeTextFile(config, `version: 0.1\n${storage}\nhttp: { addr: "${address}" }\n`);
  const child = new Deno.Command(REGISTRY, {
    args: ["serve", config],
    env: { OTEL_TRACES_EXPORTER: "none" },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  await eventually("the registry", () =>
    fetch(`http://${address}/v2/`).then(async (response) => {
      await response.body?.cancel();
      return response.ok;
    }, () => false));
  return {
    address,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.status;
      folder[Symbol.dispose]();
    },
  };
}

/** Pushes an image of some incompressible mebibytes to a registry, and removes it from the engine. */
export async function pushImage(engine: RealEngine, address: string, mebibytes: number): Promise<string> {
  const image = `${address}/dockstat-e2e:1`;
  using folder = temporaryFolder({});
  const tar = folder.path("image.tar");
  const container = await docker(engine, "create", IMAGE, "true");
  try {
    await docker(engine, "export", "-o", tar, container);
  } finally {
    await docker(engine, "rm", container);
  }
  await run("dd", ["if=/dev/urandom", `of=${folder.path("filler")}`, "bs=1M", `count=${mebibytes}`]);
  await run("tar", ["-rf", tar, "-C", folder.path(""), "filler"]);
  try {
    await docker(engine, "import", tar, image);
    await docker(engine, "push", image);
  } finally {
    await tryRun("docker", ["-H", engine.url, "image", "rm", image]);
  }
  return image;
}

/**
 * Starts DockStat as a program that cannot find the Compose of this machine; `undefined` without the right to mount.
 *
 * Only the program is affected, since it has a separate mount namespace.
 */
export async function startHidden(
  env: Readonly<Record<string, string>>,
): Promise<(Served & { readonly compose: string } & AsyncDisposable) | undefined> {
  const compose = `${PLUGINS}/docker-compose`;
  const folder = temporaryFolder({});
  const copy = folder.path("docker-compose");
  if (
    await tryRun("unshare", ["-m", "true"]) === undefined || await tryRun("cp", [compose, copy]) === undefined
  ) {
    folder[Symbol.dispose]();
    return undefined;
  }
  const mod = new URL("../../mod.ts", import.meta.url).pathname;
  const serving = ["serve", "--port", "0", "--data", folder.path("data"), "--token", TOKEN];
  const script = `mount -t tmpfs tmpfs ${PLUGINS} && exec env "$@"`;
  const set = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const dockstat = [...set, Deno.execPath(), "run", "--no-check", "-A", mod, ...serving];
  const child = new Deno.Command("unshare", {
    args: ["-m", "sh", "-c", script, "sh", ...dockstat],
    env: { DENO_DIR: await denoFolder() },
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let output = "";
  while (!output.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`DockStat ended without an address: ${output}`);
    output += value;
  }
  return {
    url: output.slice(0, output.indexOf("\n")),
    compose: copy,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await reader.cancel();
      await child.status;
      folder[Symbol.dispose]();
    },
  };
}

/** Folder of the CLI plugins of this machine. */
const PLUGINS = "/usr/libexec/docker/cli-plugins";

async function denoFolder(): Promise<string> {
  return JSON.parse(await run(Deno.execPath(), ["info", "--json"])).denoDir;
}

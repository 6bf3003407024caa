/** Tests for the image: built by the real engine, validated, and run as an extension and with compose.yaml. */
import {
  assert,
  assertEquals,
  assertGreater,
  assertLess,
  assertMatch,
  assertStringIncludes,
  eventually,
} from "../assert.ts";
import { freePort } from "../free_port.ts";
import { TestClient } from "../client.ts";
import { run, tryRun } from "../../tools/engine/run.ts";
import { docker, IMAGE, realEngines } from "./engines.ts";
import { buildImage } from "./image.ts";
import { healthy, type ImageRun, startByCompose, startExtension } from "./image_runs.ts";
import { statesOf } from "./stacks.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const MEGABYTE = 1_000_000;
/** Layer with git and its libraries. */
const GIT = /COPY dir:\S+ in \/\s*$/;
/** Layer with the Docker CLI. */
const DOCKER_CLI = /in \/usr\/local\/bin\/docker\s*$/;

const [engine] = await realEngines();
let built: Promise<string> | undefined;

/** Builds the image for the first test that needs it. */
function image(): Promise<string> {
  return built ??= buildImage(engine);
}

Deno.test("the image passes the validation for Docker Desktop", async () => {
  await run(Deno.execPath(), ["task", "--quiet", "extension:validate", await image()], {
    cwd: ROOT,
    env: { DOCKER_HOST: engine.url },
  });
});

Deno.test("the image adds little to Deno, Compose, Docker, Git and its base", async () => {
  const history = await docker(
    engine,
    "history",
    "--no-trunc",
    "--human=false",
    "--format",
    "{{.Size}} {{.CreatedBy}}",
    await image(),
  );
  const rows = history.split("\n");
  const own = rows.slice(0, rows.findIndex((row) => row.includes("in /usr/local/bin/deno")))
    .filter((row) => !row.includes("/cli-plugins/") && !DOCKER_CLI.test(row) && !GIT.test(row));
  const megabytes = own.reduce((sum, row) => sum + parseInt(row), 0) / MEGABYTE;
  assertGreater(megabytes, 1);
  assertLess(megabytes, 42);
});

Deno.test("the extension has minimal privileges and a port that the engine chooses", async () => {
  await using extension = await startExtension(engine, await image());
  await healthy(engine, extension);
  const { HostConfig, NetworkSettings } = await inspect(extension);
  assertEquals(rightsOf(HostConfig), {
    root: true,
    capabilities: ["ALL"],
    privileges: ["no-new-privileges:true"],
  });
  const [{ HostIp, HostPort }] = NetworkSettings.Ports["9876/tcp"];
  assertEquals(HostIp, "127.0.0.1");
  assertGreater(Number(HostPort), 1023);
});

Deno.test("the extension reads the kernel's files through its mounts, and the disk of the engine", async () => {
  await using extension = await startExtension(engine, await image());
  const host = await eventually("the numbers of the host", async () => {
    const [found] = await requestBackend(extension.socket, "GET", "/docker/hosts");
    return found.usage?.diskTotalBytes ? found : undefined;
  });
  assertEquals(host.reader, "kernel");
  assertStringIncludes(host.readerReason, "read through the mounts at /host");
  assertGreater(host.usage.hostMemoryTotalBytes, host.usage.hostMemoryBytes);
  assertGreater(host.usage.diskTotalBytes, host.usage.diskUsedBytes);
});

Deno.test("with the mounts the image drops the capabilities that docker run leaves", async () => {
  const mounts = ["-v", "/proc:/host/proc:ro", "-v", "/sys/fs/cgroup:/host/cgroup:ro"];
  const name = "dockstat-test-capabilities";
  const flags = ["run", "-d", "--name", name, "--label", "dockstat.test", "--network=none", ...mounts];
  const socket = engine.url.replace(/^unix:\/\//, "");
  await docker(engine, ...flags, "-v", `${socket}:/var/run/docker.sock`, await image());
  try {
    const hosts = () => tryRun("docker", ["-H", engine.url, "exec", name, "dockstat", "hosts"]);
    await eventually("the kernel", async () => /read through the mounts at \/host/.test(await hosts() ?? ""));
    const pid = await docker(engine, "inspect", "-f", "{{.State.Pid}}", name);
    assertMatch(await Deno.readTextFile(`/proc/${pid}/status`), /^CapEff:\t0+$/m);
  } finally {
    await docker(engine, "rm", "-f", name);
  }
});

Deno.test("a page gets a ticket from the backend's socket and opens sockets on the port with it", async () => {
  await using extension = await startExtension(engine, await image());
  const session = await eventually("a session with an address", async () => {
    const answer = await requestBackend(extension.socket, "POST", "/session", {
      origin: "file://",
      protocol: "file:",
    });
    return answer.wsBase === null ? undefined : answer;
  });
  const options = { protocols: ["dockstat.v1", `ticket.${session.ticket}`], headers: { origin: "null" } };
  await using client = new TestClient(session.wsBase, "/docker/stats", undefined, options);
  const { name } = await client.frame("its own container", ({ id }) => id === extension.container);
  assertEquals([client.protocol, name], ["dockstat.v1", `${extension.project}-dockstat-1`]);
});

Deno.test("the port of the extension serves only the sockets and /healthz", async () => {
  await using extension = await startExtension(engine, await image());
  const { NetworkSettings } = await inspect(extension);
  const url = `http://127.0.0.1:${NetworkSettings.Ports["9876/tcp"][0].HostPort}`;
  const status = async (path: string) => {
    const answer = await fetch(url + path);
    await answer.body?.cancel();
    return answer.status;
  };
  assertEquals(await status("/healthz"), 200);
  for (const path of ["/", "/docker/hosts", "/stacks", "/session"]) {
    assertGreater(await status(path), 399, path);
  }
});

Deno.test("dockstat bridge prints the frames of a socket without using a port", async () => {
  await using extension = await startExtension(engine, await image());
  const args = ["-H", engine.url, "exec", extension.container, "dockstat", "bridge", "/docker/stats"];
  const child = new Deno.Command("docker", { args, stdin: "null", stderr: "null", stdout: "piped" })
    .spawn();
  let output = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    output += text;
    if (output.includes(extension.container)) break;
  }
  child.kill("SIGKILL");
  await child.status;
  assertEquals(output.split("\n")[0], '{"message":"Connection established"}');
});

Deno.test("with compose.yaml the server requires its token and serves the dashboard and the containers", async () => {
  const port = freePort();
  await using server = await startByCompose(engine, await image(), port);
  await healthy(engine, server);
  assertEquals(rightsOf((await inspect(server)).HostConfig).capabilities, ["ALL"]);
  const token = await docker(engine, "exec", server.container, "dockstat", "token");
  const get = (path: string, headers: HeadersInit = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers });
  const refused = await get("/docker/stats");
  await refused.body?.cancel();
  assertEquals(refused.status, 401);
  const headers = { authorization: `Bearer ${token}` };
  const page = await get("/", { ...headers, accept: "text/html" });
  assert((await page.text()).includes('<div id="root">'), "the dashboard");
  await eventually("its own container", async () => {
    const containers: readonly { readonly id: string }[] = await (await get("/docker/stats", headers)).json();
    return containers.some(({ id }) => id === server.container);
  });
});

Deno.test("stacks run in the image without capabilities and with a read-only root", async () => {
  await using extension = await startExtension(engine, await image());
  const name = `${extension.project}-stack`;
  const compose = `services: { web: { image: "${IMAGE}", command: sleep 1000, stop_grace_period: 0s } }\n`;
  const created = await requestBackend(extension.socket, "POST", "/stacks", { name, compose, deploy: false });
  const deployed = await requestBackend(
    extension.socket,
    "POST",
    `/stacks/${created.stack_id}/deploy?wait=1`,
  );
  assertEquals([deployed.state, await statesOf(engine, name)], ["succeeded", ["running"]]);
  const removed = await requestBackend(extension.socket, "DELETE", `/stacks/${created.stack_id}?wait=1`);
  assertEquals([removed.state, await statesOf(engine, name)], ["succeeded", []]);
});

Deno.test("the backend listens on its socket again after a kill and a restart", async () => {
  await using extension = await startExtension(engine, await image());
  await requestBackend(extension.socket, "GET", "/docker/hosts");
  await docker(engine, "kill", extension.container);
  await docker(engine, "start", extension.container);
  await eventually(
    "an answer",
    () => requestBackend(extension.socket, "GET", "/docker/hosts").then(() => true, () => false),
  );
});

Deno.test("dockstat check finds engine, reader, Compose, data folder and port in the image", async () => {
  await using extension = await startExtension(engine, await image());
  const command = ["-H", engine.url, "exec", extension.container, "dockstat", "check"];
  // A loaded machine may exceed the timeouts of the check.
  const output = await eventually("a check without failures", () => tryRun("docker", command));
  const lines = output.split("\n");
  assertEquals([lines.length, lines.filter((line) => !line.startsWith("ok "))], [6, []]);
});

// deno-lint-ignore no-explicit-any -- documents of any shape; tests check individual keys
type Document = any;

async function inspect({ container }: ImageRun): Promise<Document> {
  return JSON.parse(await docker(engine, "inspect", container))[0];
}

function rightsOf({ ReadonlyRootfs, CapDrop, SecurityOpt }: Document): Readonly<Record<string, unknown>> {
  return { root: ReadonlyRootfs, capabilities: CapDrop, privileges: SecurityOpt };
}

/** Sends a request as `vm.service` does, over the socket and without credentials. */
async function requestBackend(path: string, method: string, what: string, body?: unknown): Promise<Document> {
  using client = Deno.createHttpClient({ proxy: { transport: "unix", path } });
  const response = await fetch(`http://localhost${what}`, {
    client,
    method,
    headers: { "content-type": "application/json" },
    ...body === undefined ? {} : { body: JSON.stringify(body) },
  });
  const answer = await response.json();
  assert(response.ok, `${method} ${what}: ${JSON.stringify(answer)}`);
  return answer;
}

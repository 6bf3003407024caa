/** The image: built by the real engine, judged by our own check, and run in the two ways in which people run it. */
import { assert, assertEquals, assertGreater, assertLess, eventually } from "../assert.ts";
import { TestClient } from "../client.ts";
import { run, tryRun } from "../../tools/engine/run.ts";
import { docker, IMAGE, realEngines } from "./engines.ts";
import { buildImage } from "./image.ts";
import { healthy, type ImageRun, startByCompose, startExtension } from "./image_runs.ts";
import { freePort, statesOf } from "./stacks.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const MEGABYTE = 1_000_000;

const [engine] = await realEngines();
let built: Promise<string> | undefined;

/** Whichever test comes first builds it. */
function image(): Promise<string> {
  return built ??= buildImage(engine);
}

Deno.test("the image is as Docker Desktop asks", async () => {
  await run(Deno.execPath(), ["task", "--quiet", "extension:validate", await image()], {
    cwd: ROOT,
    env: { DOCKER_HOST: engine.url },
  });
});

Deno.test("beside Deno, Compose and its base the image is small", async () => {
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
    .filter((row) => !row.includes("cli-plugins/docker-compose"));
  const megabytes = own.reduce((sum, row) => sum + parseInt(row), 0) / MEGABYTE;
  assertGreater(megabytes, 1);
  assertLess(megabytes, 40);
});

Deno.test("as an extension it has no more rights than it needs, and a port of the engine's choice", async () => {
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

Deno.test("over the backend's socket a page gets a ticket, and with it the sockets on the port", async () => {
  await using extension = await startExtension(engine, await image());
  const session = await eventually("a session with an address", async () => {
    const answer = await askBackend(extension.socket, "POST", "/session", {
      origin: "file://",
      protocol: "file:",
    });
    return answer.wsBase === null ? undefined : answer;
  });
  const options = { protocols: ["dockstat.v1", `ticket.${session.ticket}`], headers: { origin: "null" } };
  await using client = new TestClient(session.wsBase, "/docker/stats", undefined, options);
  const { name } = await client.frame("itself", ({ id }) => id === extension.container);
  assertEquals([client.protocol, name], ["dockstat.v1", `${extension.project}-dockstat-1`]);
});

Deno.test("as an extension its port answers the sockets and /healthz alone", async () => {
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

Deno.test("where no port may be used, dockstat bridge prints a socket's frames", async () => {
  await using extension = await startExtension(engine, await image());
  const words = ["-H", engine.url, "exec", extension.container, "dockstat", "bridge", "/docker/stats"];
  const child = new Deno.Command("docker", { args: words, stdin: "null", stderr: "null", stdout: "piped" })
    .spawn();
  let said = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    said += text;
    if (said.includes(extension.container)) break;
  }
  child.kill("SIGKILL");
  await child.status;
  assertEquals(said.split("\n")[0], '{"message":"Connection established"}');
});

Deno.test("by compose.yaml it asks for the token that it prints, and shows the dashboard and the containers", async () => {
  const port = freePort();
  await using server = await startByCompose(engine, await image(), port);
  await healthy(engine, server);
  assertEquals(rightsOf((await inspect(server)).HostConfig).capabilities, ["ALL"]);
  const token = await docker(engine, "exec", server.container, "dockstat", "token");
  const ask = (path: string, headers: HeadersInit = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers });
  const refused = await ask("/docker/stats");
  await refused.body?.cancel();
  assertEquals(refused.status, 401);
  const headers = { authorization: `Bearer ${token}` };
  const page = await ask("/", { ...headers, accept: "text/html" });
  assert((await page.text()).includes('<div id="root">'), "the dashboard");
  await eventually("itself among the containers", async () => {
    const containers: readonly { readonly id: string }[] = await (await ask("/docker/stats", headers)).json();
    return containers.some(({ id }) => id === server.container);
  });
});

Deno.test("stacks run in the image, without capabilities and on a root that cannot be written", async () => {
  await using extension = await startExtension(engine, await image());
  const name = `${extension.project}-stack`;
  const compose = `services: { web: { image: "${IMAGE}", command: sleep 1000, stop_grace_period: 0s } }\n`;
  const created = await askBackend(extension.socket, "POST", "/stacks", { name, compose, deploy: false });
  const deployed = await askBackend(extension.socket, "POST", `/stacks/${created.stack_id}/deploy?wait=1`);
  assertEquals([deployed.state, await statesOf(engine, name)], ["succeeded", ["running"]]);
  const removed = await askBackend(extension.socket, "DELETE", `/stacks/${created.stack_id}?wait=1`);
  assertEquals([removed.state, await statesOf(engine, name)], ["succeeded", []]);
});

Deno.test("killed and started again by the engine, the backend listens on its socket as before", async () => {
  await using extension = await startExtension(engine, await image());
  await askBackend(extension.socket, "GET", "/docker/hosts");
  await docker(engine, "kill", extension.container);
  await docker(engine, "start", extension.container);
  await eventually(
    "an answer",
    () => askBackend(extension.socket, "GET", "/docker/hosts").then(() => true, () => false),
  );
});

Deno.test("dockstat check finds engine, Compose, data folder and port in the image", async () => {
  await using extension = await startExtension(engine, await image());
  const command = ["-H", engine.url, "exec", extension.container, "dockstat", "check"];
  // A machine that is busy may keep it from an answer in time.
  const said = await eventually("a check without faults", () => tryRun("docker", command));
  const lines = said.split("\n");
  assertEquals([lines.length, lines.filter((line) => !line.startsWith("ok "))], [4, []]);
});

// deno-lint-ignore no-explicit-any -- answers of every shape; tests look at the keys they are about
type Document = any;

async function inspect({ container }: ImageRun): Promise<Document> {
  return JSON.parse(await docker(engine, "inspect", container))[0];
}

function rightsOf({ ReadonlyRootfs, CapDrop, SecurityOpt }: Document): Readonly<Record<string, unknown>> {
  return { root: ReadonlyRootfs, capabilities: CapDrop, privileges: SecurityOpt };
}

/** Asks as `vm.service` does: over the socket, with nothing that proves who asks. */
async function askBackend(path: string, method: string, what: string, body?: unknown): Promise<Document> {
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

/** Single containers on the real engines: operations, limits and details. */
import * as v from "valibot";
import { ContainerDetails } from "../../../server/protocol/containers.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes, eventually } from "../../assert.ts";
import { TestClient, TOKEN } from "../../client.ts";
import { docker, IMAGE, realEngines, startContainer } from "../engines.ts";
import { type Answer, call, serveStacks } from "../stacks.ts";

const MIB = 1024 * 1024;

function uniqueName(): string {
  return `dockstat-e2e-${crypto.randomUUID().slice(0, 8)}`;
}

for (const engine of await realEngines()) {
  const on = `on Docker ${engine.version}`;

  /** Starts a container and a server, and returns requests to the container. */
  const open = async (options: readonly string[] = [], command?: readonly string[]) => {
    await using stack = new AsyncDisposableStack();
    const name = uniqueName();
    const { id } = stack.use(await startContainer(engine, name, options, command));
    const server = stack.use(await serveStacks(engine));
    const path = `/containers/Localhost/${name}`;
    await eventually("the container", async () => (await call(server, "GET", path)).status === 200);
    const moved = stack.move();
    return {
      name,
      id,
      server,
      request: (method: string, suffix = "", body?: unknown): Promise<Answer> =>
        call(server, method, path + suffix, body),
      state: () => docker(engine, "inspect", "--format", "{{.State.Status}}", id),
      [Symbol.asyncDispose]: () => moved.disposeAsync(),
    };
  };

  Deno.test(`stops, starts, restarts, pauses, continues and kills a container, ${on}`, async () => {
    await using it = await open(["--stop-timeout", "0"]);
    await using client = new TestClient(it.server.url, "/stacks?since=0", TOKEN);
    const steps = [
      ["stop", "stopped", "exited"],
      ["start", "started", "running"],
      ["restart", "restarted", "running"],
      ["pause", "paused", "paused"],
      ["unpause", "unpaused", "running"],
      ["kill", "killed", "exited"],
    ] as const;
    for (const [command, status, state] of steps) {
      const { body } = await it.request("POST", `/${command}?wait=1`);
      assertEquals([body.state, body.error], ["succeeded", null], command);
      const { data } = await client.frame(status, ({ data }) => data?.status === status);
      assertEquals(data.message, `Container "${it.name}" ${status} successfully`);
      assertEquals(await it.state(), state);
    }
  });

  Deno.test(`a failure has the engine's own message, ${on}`, async () => {
    await using it = await open();
    const { body } = await it.request("POST", "/unpause?wait=1");
    assertEquals([body.state, body.exit_code], ["failed", null]);
    assertMatch(body.error, /is not paused/);
  });

  Deno.test(`the wait for a slow stop can be cancelled, ${on}`, async () => {
    await using it = await open(["--stop-timeout", "60"], [
      "sh",
      "-c",
      "trap '' TERM; while :; do sleep 1; done",
    ]);
    const { status, body: { operation_id } } = await it.request("POST", "/stop");
    assertEquals(status, 202);
    const { body } = await call(it.server, "POST", `/operations/${operation_id}/cancel?wait=1`);
    assertEquals(body.state, "cancelled");
    assertEquals((await it.request("POST", "/kill?wait=1")).body.state, "succeeded");
  });

  Deno.test(`removes a container, a running one by force only, ${on}`, async () => {
    await using it = await open(["-v", "/cache"]);
    const preview = (await it.request("DELETE", "?dryRun=1&volumes=1")).body;
    const [volume] = preview.volumes;
    assertEquals([preview.containers, preview.volumes.length], [[it.name], 1]);
    assertEquals((await it.request("DELETE")).status, 409);
    assertEquals((await it.request("DELETE", "?force=1&volumes=1&wait=1")).body.state, "succeeded");
    assertEquals(await docker(engine, "ps", "-aq", "--filter", `name=${it.name}`), "");
    assertEquals(await docker(engine, "volume", "ls", "-q", "--filter", `name=${volume.name}`), "");
    assertEquals((await it.request("GET")).status, 404);
  });

  Deno.test(`changes and removes limits while the container runs, ${on}`, async () => {
    await using it = await open(["--memory", "64m", "--memory-swap", "96m"]);
    const limit = async (body: unknown) => {
      const answer = await it.request("PATCH", "?wait=1", body);
      assertEquals([answer.body.state, answer.body.error], ["succeeded", null], JSON.stringify(body));
      return (await it.request("GET")).body;
    };
    const set = await limit({ cpus: 0.5, memoryBytes: 128 * MIB, restartPolicy: "on-failure:3" });
    assertEquals([set.limits.cpus, set.limits.memoryBytes], [0.5, 128 * MIB]);
    assertEquals(set.limits.memorySwapBytes, 160 * MIB);
    assertEquals(set.restartPolicy, { name: "on-failure", maximumRetryCount: 3 });
    const lower = await limit({ memoryBytes: 32 * MIB });
    assertEquals([lower.limits.memoryBytes, lower.limits.memorySwapBytes], [32 * MIB, 64 * MIB]);
    const removed = await limit({ cpus: null, memoryBytes: null, restartPolicy: null });
    assertEquals([removed.limits.cpus, removed.limits.memoryBytes], [null, null]);
    assertEquals(removed.restartPolicy.name, "no");
    assertEquals(await it.state(), "running");
  });

  Deno.test(`limits a container that had no limits, also one with a quota, ${on}`, async () => {
    await using it = await open(["--cpu-quota", "50000"]);
    for (const [cpus, memoryBytes] of [[1, 64 * MIB], [null, null]]) {
      const { body } = await it.request("PATCH", "?wait=1", { cpus, memoryBytes });
      assertEquals([body.state, body.error], ["succeeded", null]);
      const { limits } = (await it.request("GET")).body;
      assertEquals([limits.cpus, limits.memoryBytes], [cpus, memoryBytes]);
    }
  });

  Deno.test(`returns the details of a container, ${on}`, async () => {
    const health = ["--health-cmd", "echo fine", "--health-interval", "1s"];
    const options = ["-e", "DB_PASSWORD=hunter2", "-e", "TZ=UTC", "--cap-drop", "ALL", "--read-only"];
    await using it = await open([...health, ...options, "--tmpfs", "/tmp", "-v", "/cache"]);
    const details = await eventually("a health check", async () => {
      const { body } = await it.request("GET");
      return body.health?.log.length > 0 && body;
    });
    assert(v.is(ContainerDetails, details), JSON.stringify(v.safeParse(ContainerDetails, details).issues));
    assertEquals([details.id, details.name, details.image], [it.id, it.name, IMAGE]);
    assertEquals(details.health?.log[0]?.output?.trim(), "fine");
    assertEquals([details.command, details.readOnlyRootfs, details.capDrop], [["sleep", "1000"], true, [
      "ALL",
    ]]);
    assertStringIncludes(details.status, "Up ");
    assertEquals(details.mounts.map(({ destination }) => destination), ["/cache"]);
    const variable = (all: ContainerDetails, name: string) => all.env.find((one) => one.name === name)?.value;
    assertEquals([variable(details, "TZ"), variable(details, "DB_PASSWORD")], ["UTC", null]);
    assertEquals(variable((await it.request("GET", "?secrets=1")).body, "DB_PASSWORD"), "hunter2");
  });
}

import type { DetailedStatsMessage } from "../../server/protocol/stats.ts";
import { serve } from "../../server/serve.ts";
import { assertEquals, assertLess, eventually } from "../assert.ts";
import { TestClient, testConfig } from "../client.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { Relay } from "../fakes/relay.ts";
import { startProgram } from "../program.ts";
import { docker, OWN_LABEL, type RealEngine, realEngines, startContainer } from "./engines.ts";

function serveReal(engine: RealEngine) {
  return serve(testConfig([{ kind: "docker", id: "Localhost", endpoint: { url: engine.url } }]));
}

for (const engine of await realEngines()) {
  const on = `on Docker ${engine.version}`;

  Deno.test(`reports the memory of a busy container like docker stats, and its CPU, ${on}`, async () => {
    const limits = ["--cpus=0.5", "--memory=64m"];
    // Ten megabytes in a variable of the shell, then a loop that uses all the CPU time that it gets.
    const script = "x=$(dd if=/dev/zero bs=1M count=10 2>/dev/null | tr '\\0' x); while :; do :; done";
    await using busy = await startContainer(engine, "dockstat-busy", limits, ["busybox", "sh", "-c", script]);
    await using server = await serveReal(engine);
    await using client = new TestClient(server.url, `/docker/stats?detail=full&container=${busy.id}`);
    // How much CPU time the loop gets depends on the machine: "deno task bench" compares it with docker stats.
    await client.frame(
      "the loop",
      ({ cpuUsage, memoryBytes }) => cpuUsage > 1 && memoryBytes > 10 * 1024 * 1024,
    );
    // The memory grows until the loop runs.
    const ours = await eventually("the memory of docker stats", async () => {
      const percent = await docker(engine, "stats", "--no-stream", "--format", "{{.MemPerc}}", busy.id);
      const newest = client.frames.findLast(({ id }) => id === busy.id) as DetailedStatsMessage;
      return Math.abs(newest.memoryUsage! - parseFloat(percent)) < 0.1 ? newest : undefined;
    });
    assertEquals(ours.memoryLimitBytes, 64 * 1024 * 1024);
    assertLess(ours.memoryBytes!, 64 * 1024 * 1024);
  });

  Deno.test(`follows a container through its whole life, ${on}`, async () => {
    await using server = await serveReal(engine);
    await using client = new TestClient(
      server.url,
      "/docker/stats?container=dockstat-life&container=dockstat-renamed",
    );
    await client.frame("the greeting", () => true);
    const states = () =>
      client.frames.map(({ state }) => state).filter((s, i, all) => s !== undefined && s !== all[i - 1]);
    const reaches = (state: string) => eventually(state, () => states().at(-1) === state);
    await docker(
      engine,
      "create",
      "--name",
      "dockstat-life",
      "--label",
      OWN_LABEL,
      "--network=none",
      "dockstat-test/busybox:1",
      "sleep",
      "1000",
    );
    await reaches("created");
    await docker(engine, "start", "dockstat-life");
    await reaches("running");
    await docker(engine, "pause", "dockstat-life");
    await reaches("paused");
    await docker(engine, "unpause", "dockstat-life");
    await reaches("running");
    await docker(engine, "rename", "dockstat-life", "dockstat-renamed");
    await client.frame("the new name", ({ name }) => name === "dockstat-renamed");
    await docker(engine, "kill", "dockstat-renamed");
    await reaches("exited");
    await docker(engine, "rm", "dockstat-renamed");
    await reaches("removed");
    assertEquals(states(), ["created", "running", "paused", "running", "exited", "removed"]);
    const last = client.frames.at(-1);
    assertEquals([last.state, last.cpuUsage, last.memoryUsage], ["removed", 0, 0]);
  });

  Deno.test(`status texts match those of docker ps, ${on}`, async () => {
    await using up = await startContainer(engine, "dockstat-up");
    await using paused = await startContainer(engine, "dockstat-paused");
    await using ended = await startContainer(engine, "dockstat-ended", [], ["sh", "-c", "exit 3"]);
    await docker(engine, "pause", paused.id);
    await docker(engine, "wait", ended.id);
    await using server = await serveReal(engine);
    // Both are read within about a second, so texts with seconds may differ at first.
    await eventually("the same texts", async () => {
      const theirs = await docker(
        engine,
        "ps",
        "-a",
        "--no-trunc",
        "--format",
        "{{.ID}} {{.Image}} {{.Names}} {{.Status}}",
      );
      const answer = await fetch(`${server.url}/docker/stats`);
      const messages: DetailedStatsMessage[] = await answer.json();
      const lines = messages.map(({ id, image, name, status }) => `${id} ${image} ${name} ${status}`);
      return [up, paused, ended].every(({ id }) =>
        lines.some((line) => line.startsWith(id) && theirs.includes(line))
      );
    });
  });
}

Deno.test("reports a container that starts later with its numbers", async () => {
  const [engine] = await realEngines();
  await using server = await serveReal(engine);
  await using client = new TestClient(server.url, "/docker/stats");
  await client.frame("the greeting", () => true);
  await using late = await startContainer(engine, "dockstat-late");
  const message = await client.frame(
    "the container",
    ({ id, state }) => id === late.id && state === "running",
  );
  assertEquals([message.state, message.hostId, message.image], [
    "running",
    "Localhost",
    "dockstat-test/busybox:1",
  ]);
});

Deno.test("reports the health of a container with a health check", async () => {
  const [engine] = await realEngines();
  const options = ["--health-cmd=true", "--health-interval=1s", "--health-start-period=0s"];
  await using healthy = await startContainer(engine, "dockstat-healthy", options);
  await using server = await serveReal(engine);
  await using client = new TestClient(server.url, `/docker/stats?detail=full&container=${healthy.id}`);
  const message = await client.frame("health", ({ health }) => health === "healthy");
  assertEquals(/^Up .* \(healthy\)$/.test(message.status), true);
});

Deno.test("reports an engine that is missing, appears, stops and returns in-band", async () => {
  const [engine] = await realEngines();
  await using container = await startContainer(engine, "dockstat-comes");
  await using relay = new Relay(engine.url.replace("unix://", ""));
  await using server = await serveReal({ ...engine, url: relay.url });
  await using client = new TestClient(server.url, `/docker/stats?detail=full&container=${container.id}`);
  await client.frame("the error", ({ hostId, error }) => hostId === "Localhost" && /ENOENT/.test(error));
  const messages = () => client.frames.filter(({ id }) => id === container.id);
  relay.open();
  await eventually("samples", () => messages().length > 1);
  await relay.cut();
  await eventually("the stale mark", () => messages().at(-1)?.stale === true);
  const before = messages().length;
  relay.open();
  await eventually("new samples", () => messages().length > before && messages().at(-1).stale === false);
  const errors = client.frames.filter((frame) => "error" in frame).map(({ error }) => error === null);
  assertEquals([errors[0], errors.at(-1)], [false, true]);
});

/** Reads the flags of the command under "Permissions" in the README, for another socket and data folder. */
async function smallestPermissions(socket: string, data: string): Promise<string[]> {
  const readme = await Deno.readTextFile(new URL("../../README.md", import.meta.url));
  const command = /^deno run ([^`]+?) mod\.ts --data data$/m.exec(readme)?.[1] ?? "";
  const flags = command.split(/[\s\\]+/);
  return flags.map((flag) => flag.replaceAll("/var/run/docker.sock", socket).replace(/,data$/, `,${data}`));
}

Deno.test("the smallest set of permissions in the README is sufficient, and asks for nothing", async () => {
  const [engine] = await realEngines();
  const socket = engine.url.replace("unix://", "");
  await using container = await startContainer(engine, "dockstat-least");
  using data = temporaryFolder();
  const permissions = await smallestPermissions(socket, data.path(""));
  assertEquals(permissions.map((flag) => flag.split("=", 1)[0]), [
    "--no-prompt",
    "--allow-env",
    "--allow-read",
    "--allow-write",
    "--allow-net",
  ]);
  const args = ["--port", "0", "--data", data.path("")];
  await using program = startProgram(args, { DOCKER_HOST: engine.url }, permissions);
  await using client = new TestClient(await program.url(), "/docker/stats");
  const message = await client.frame("the container", ({ id }) => id === container.id);
  assertEquals(message.state, "running");
});

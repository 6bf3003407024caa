/** Tests for the life of a stack on the real engine, with each Compose of this machine. */
import { assert, assertEquals, assertMatch, eventually } from "../../assert.ts";
import { TestClient, TOKEN } from "../../client.ts";
import { tryRun } from "../../../tools/engine/run.ts";
import { docker, IMAGE, realEngines } from "../engines.ts";
import {
  act,
  call,
  composes,
  create,
  hasStatus,
  projectName,
  pushImage,
  serveStacks,
  service,
  services,
  startRegistry,
  statesOf,
  WEB,
} from "../stacks.ts";

const [engine] = await realEngines();

/** Lists the messages about a stack, without timestamps. */
function messagesOf({ frames }: TestClient, stackId: number): string[] {
  return frames.filter(({ data }) => data?.stack_id === stackId).map(({ type, data }) =>
    [type.replace("stack-", ""), data.status ?? data.action, data.message].filter(Boolean).join(": ")
  );
}

for (const [version, env] of await composes()) {
  Deno.test(`reports a new stack as pending, then its progress, then as deployed, with Compose ${version}`, async () => {
    await using project = projectName(engine);
    await using server = await serveStacks(engine, { env });
    await using client = new TestClient(server.url, "/stacks", TOKEN);
    await client.frame("the greeting", ({ message }) => message === "Connection established");
    const stackId = await create(server, { name: project.name, compose: services(WEB) });
    await client.frame("the end", ({ data }) => data?.status === "deployed");
    const all = messagesOf(client, stackId);
    assertEquals(all[0], "status: pending: Creating stack configuration");
    assertEquals(all[1], `progress: deploying: Creating network ${project.name}_default`);
    assert(all.includes(`progress: deploying: Started container ${project.name}-web-1`), all.join("\n"));
    assertEquals(all.at(-1), "status: deployed: Stack deployed successfully");
    assertEquals(new Set(all).size, all.length, `each once: ${all.join("\n")}`);
    const stamps = client.frames.map(({ data }) => data?.timestamp).filter(Boolean);
    for (const stamp of stamps) assertMatch(stamp, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    assertEquals(await statesOf(engine, project.name), ["running"]);
  });

  Deno.test(`stops, starts, restarts and removes a stack with the messages of the protocol, with Compose ${version}`, async () => {
    await using project = projectName(engine);
    await using server = await serveStacks(engine, { env });
    await using client = new TestClient(server.url, "/stacks?since=0", TOKEN);
    const stackId = await create(server, { name: project.name, compose: services(WEB) });
    await client.frame("the deployment", ({ data }) => data?.status === "deployed");
    const steps = [
      ["stop", "stopped", "exited", "stopped"],
      ["start", "started", "running", "running"],
      ["restart", "restarted", "running", "running"],
    ] as const;
    for (const [what, status, state, now] of steps) {
      assertEquals(await act(server, stackId, what), "succeeded");
      const { data } = await client.frame(status, ({ data }) => data?.status === status);
      assertEquals(data, { stack_id: stackId, status, message: `Stack ${status} successfully` });
      assertEquals(await statesOf(engine, project.name), [state]);
      await hasStatus(server, stackId, now);
    }
    assertEquals((await call(server, "DELETE", `/stacks/${stackId}?wait=1`)).body.state, "succeeded");
    const removed = await client.frame("the removal", ({ type }) => type === "stack-removed");
    assertEquals(removed.data, { stack_id: stackId, message: "Stack removed successfully" });
    assertEquals(await statesOf(engine, project.name), []);
    assertEquals(await docker(engine, "network", "ls", "-q", "--filter", `name=${project.name}`), "");
    assertEquals((await call(server, "GET", `/stacks/${stackId}`)).status, 404);
  });

  Deno.test(`passes an env text to the containers and returns it byte for byte, with Compose ${version}`, async () => {
    await using project = projectName(engine);
    await using server = await serveStacks(engine, { env });
    await using client = new TestClient(server.url, "/stacks?since=0", TOKEN);
    const environment = ["environment:", "  A: ${A}", '  B: "${B}"', "  C: ${C}"];
    const compose = `# größer\r\n${services(service("web", "exec sleep 1000", ...environment))}\n\n`;
    const text = "# ä\r\nA='pa$$word'\nB=\" x#y \"\n\nC=pl$$ain";
    const stackId = await create(server, { name: project.name, compose, env: text });
    await client.frame("the end", ({ data }) => data?.status === "deployed");
    const lines = await docker(
      engine,
      "inspect",
      "--format",
      "{{json .Config.Env}}",
      `${project.name}-web-1`,
    );
    const found = JSON.parse(lines).filter((line: string) => /^[ABC]=/.test(line)).sort();
    assertEquals(found, ["A=pa$$word", "B= x#y ", "C=pl$ain"]);
    assertEquals((await call(server, "GET", `/stacks/${stackId}/compose`)).body, { compose, env: text });
    assert(!JSON.stringify(client.frames).includes("pa$$word"));
  });

  Deno.test(`reports an unknown key with its line and column, with Compose ${version}`, async () => {
    await using server = await serveStacks(engine, { env });
    const compose = "services:\n  web:\n    image: busybox:1\n    pots: []\n";
    const { status, body } = await call(server, "POST", "/stacks/validate", { compose });
    const [{ path, line, column, message }] = body.errors;
    assertEquals([status, path, line, column], [422, "compose.services.web.pots", 4, 5]);
    assertEquals(message, 'unknown key "pots": did you mean "ports"?');
  });

  Deno.test(`reports the progress of a pull from a registry, with Compose ${version}`, async () => {
    await using project = projectName(engine);
    await using registry = await startRegistry();
    const image = await pushImage(engine, registry.address, 12);
    await using _image = {
      async [Symbol.asyncDispose]() {
        await tryRun("docker", ["-H", engine.url, "image", "rm", "-f", image]);
      },
    };
    await using server = await serveStacks(engine, { env });
    await using client = new TestClient(server.url, "/stacks?since=0", TOKEN);
    const compose = services(WEB.replace(IMAGE, image));
    const stackId = await create(server, { name: project.name, compose, deploy: false });
    assertEquals(await act(server, stackId, "pull"), "succeeded");
    await client.frame("the end", ({ data }) => data?.status === "pulled");
    const percents = messagesOf(client, stackId).flatMap((line) =>
      /^progress: pulling: .*?(\d+) ?%/.exec(line)?.[1] ?? []
    ).map(Number);
    // Compose before 2.29 prints no reliable numbers in plain text.
    if (!/^2\.2[0-8]\./.test(version)) {
      assertEquals(percents.at(-1), 100, messagesOf(client, stackId).join("\n"));
    }
    assertEquals(percents, [...new Set(percents)].sort((one, other) => one - other));
    for (const message of ["Pulling web", "Pulled web"]) {
      assert(messagesOf(client, stackId).includes(`progress: pulling: ${message}`));
    }
    assertEquals(await statesOf(engine, project.name), []);
    assertEquals(await act(server, stackId, "update"), "succeeded");
    const { data } = await client.frame("the update", ({ data }) => data?.status === "updated");
    assertEquals(data.message, "Stack updated successfully");
    assertEquals(await statesOf(engine, project.name), ["running"]);
    assertEquals((await call(server, "DELETE", `/stacks/${stackId}?wait=1`)).body.state, "succeeded");
  });
}

Deno.test("a service that exits with 0 does not change the status of its stack", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  await using client = new TestClient(server.url, "/stacks?since=0", TOKEN);
  const once = service("once", "exit 0", 'restart: "no"');
  const stackId = await create(server, { name: project.name, compose: services(WEB, once) });
  await client.frame("the end", ({ data }) => data?.status === "deployed");
  await eventually("the end of the service", async () => {
    const { body } = await call(server, "GET", `/stacks/${stackId}`);
    return body.services.some(({ name, state, exitCode }: Record<string, unknown>) =>
      name === "once" && state === "exited" && exitCode === 0
    );
  });
  // Once a later change is reported, an earlier one would have been reported too.
  await docker(engine, "kill", `${project.name}-web-1`);
  await client.frame("the change", ({ data }) => data?.status === "exited");
  const statuses = messagesOf(client, stackId).filter((line) => line.startsWith("status"));
  assertEquals(statuses, [
    "status: pending: Creating stack configuration",
    "status: deployed: Stack deployed successfully",
    'status: exited: Service "web" has exited with code 137',
  ]);
});

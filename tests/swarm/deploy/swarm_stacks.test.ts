import { AppError } from "../../../server/errors.ts";
import { SwarmStacks } from "../../../server/swarm/deploy/swarm_stacks.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { freshFolder } from "../../client.ts";
import { fakeContainer, FakeEngine } from "../../fakes/engine.ts";
import { StackFiles } from "../../../server/store/stack_files.ts";
import { FakeDockerStack } from "../fake_docker_stack.ts";
import { SERVICE } from "../fake_manager.ts";
import { swarms } from "../scene.ts";

const COMPOSE = "services:\n  web:\n    image: busybox:1\n";

/** Stacks over a fake manager and a fake Docker CLI. */
function scene(changes: { readonly named?: readonly string[]; readonly hasLogins?: boolean } = {}) {
  const docker = new FakeDockerStack();
  const { managers, texts, ...rest } = swarms();
  const data = freshFolder();
  const stacks = new SwarmStacks({
    ...{ managers, docker, swarmTexts: texts },
    hosts: new Map([["m", { url: "unix:///m.sock" }]]),
    hasLogins: () => Promise.resolve(changes.hasLogins ?? false),
    store: {
      files: new StackFiles(data),
      named: (_host, name) => changes.named?.includes(name) ? {} as never : undefined,
    },
  });
  const deploy = async (name: string, compose = COMPOSE, env = "", replaces = false) =>
    await (await stacks.deploy("m", name, { compose, env }, replaces)).done;
  return { ...rest, managers, texts, docker, stacks, deploy, data };
}

Deno.test("the checked text is deployed, and its tasks are followed", async () => {
  const it = scene();
  it.docker.work = (print) => {
    for (const line of ["Creating network new_default", "Creating service new_web"]) print(line);
    return Promise.resolve({ code: 0, error: undefined });
  };
  await it.deploy("new", 'services:\n  web:\n    image: "${IMAGE}"\n    command: echo $$HOME\n', "IMAGE=a");
  const [deployed] = it.docker.deployed;
  assertEquals([deployed?.name, deployed?.endpoint.url, deployed?.withLogins], [
    "new",
    "unix:///m.sock",
    false,
  ]);
  assertEquals(it.docker.resolved[0]?.[1], { IMAGE: "a" });
  assertEquals(it.docker.resolved[1], [deployed!.text, {}]);
  assertEquals(it.steps, [
    "Network new_default Creating working",
    "Network new_default Created done",
    "Service new_web Creating working",
    "Service new_web Created done",
    "Container shop_web.2 Running done",
    "Container shop_web.1 Running done",
  ]);
});

Deno.test("nothing is left in the data folder", async () => {
  const it = scene();
  await it.deploy("new");
  assertEquals([...Deno.readDirSync(`${it.data}/texts`)], []);
});

Deno.test("the texts are kept in versions, and the same texts again add none", async () => {
  const it = scene();
  await it.deploy("new", COMPOSE, "A=1");
  await it.deploy("new", COMPOSE, "A=1");
  await it.deploy("new", COMPOSE.replace(":1", ":2"));
  const { compose, env, version, versions } = await it.stacks.texts("m", "new");
  assertEquals([compose, env, version], [COMPOSE.replace(":1", ":2"), "", 2]);
  assertEquals(versions.map(({ version }) => version), [2, 1]);
  assertEquals((await it.stacks.texts("m", "new", 1)).env, "A=1");
  await assertRejects(() => it.stacks.texts("m", "new", 3), AppError, "no version 3");
  await assertRejects(() => it.stacks.texts("m", "../x"), AppError, "no texts");
});

Deno.test("a failed deployment keeps its texts and reports the object that failed", async () => {
  const it = scene();
  it.docker.work = (print) => {
    print("Creating service new_web");
    return Promise.resolve({ code: 1, error: "failed to create service new_web: no such image" });
  };
  assertEquals(await it.deploy("new") as unknown, 1);
  assertEquals(
    it.steps.at(-1),
    "Service new_web Error error: failed to create service new_web: no such image",
  );
  assertEquals((await it.stacks.texts("m", "new")).version, 1);
});

Deno.test("a stack that DockStat did not deploy is replaced only on request", async () => {
  const it = scene();
  await assertRejects(() => it.deploy("shop"), AppError, "that DockStat did not deploy");
  assertEquals(it.docker.resolved, []);
  await it.deploy("shop", COMPOSE, "", true);
  await it.deploy("shop");
  assertEquals(it.docker.deployed.length, 2);
});

Deno.test("the name of a Compose stack or project is refused", async () => {
  const it = scene({ named: ["mine"] });
  await assertRejects(
    () => it.deploy("mine", COMPOSE, "", true),
    AppError,
    "has a Compose project of this name",
  );
  const containers = [fakeContainer("a", { project: "byhand", service: "a" })];
  Object.assign(it.managers.parts.feed, { containers: () => containers });
  await assertRejects(() => it.deploy("byhand"), AppError, "has a Compose project of this name");
});

Deno.test("the name of a Compose project on another node of the swarm is refused", async () => {
  const it = scene();
  const other = new FakeEngine();
  const containers = [fakeContainer("a", { project: "byhand", service: "a" })];
  Object.assign(it.managers.parts.feed, {
    hostIds: ["m", "b"],
    containers: (hostId: string) => hostId === "b" ? containers : [],
    engine: (hostId: string) => hostId === "b" ? other : it.manager,
  });
  other.onCall = () => ({ Swarm: { NodeID: "fr9cjiwzuvm1lzfpm6y1qb7jz" } });
  await assertRejects(() => it.deploy("byhand"), AppError, 'host "b" has a Compose project of this name');
  other.onCall = () => ({ Swarm: { NodeID: "anotherswarm" } });
  await it.deploy("byhand");
});

Deno.test("a hostile name is refused before anything is read", async () => {
  const it = scene();
  for (const name of ["", "-v", "../x", "a b", "A", "a".repeat(64), "--compose-file=/etc/shadow"]) {
    await assertRejects(() => it.deploy(name), AppError, "Cannot use this stack name");
  }
  assertEquals(it.manager.sent, []);
});

Deno.test("logins of this machine are sent only where it has some", async () => {
  const it = scene({ hasLogins: true });
  await it.deploy("new");
  assert(it.docker.deployed[0]?.withLogins);
});

Deno.test("a removal removes networks once they are free, and forgets the texts", async () => {
  const it = scene();
  await it.deploy("shop", COMPOSE, "", true);
  it.manager.busyNetwork = 1;
  await (await it.stacks.remove("m", "shop")).done;
  assertEquals(it.manager.removed, [`/services/${SERVICE}`, "/networks/lzm4d0ebjjk8gkzmynmcyvfoh"]);
  await assertRejects(() => it.stacks.texts("m", "shop"), AppError, "no texts");
  await assertRejects(() => it.stacks.remove("m", "../x"), AppError, "There is no stack");
});

Deno.test("a stack whose texts are kept is listed without services", async () => {
  const it = scene();
  await it.deploy("new");
  const { stacks } = await it.swarms.read("m");
  assertEquals(stacks.map(({ name, services, managed }) => [name, services, managed]), [
    ["new", 0, true],
    ["shop", 1, false],
  ]);
});

import { main } from "../../../server/cli/main.ts";
import { toSwarmRequest } from "../../../server/cli/swarm/flags.ts";
import { swarm } from "../../../server/cli/swarm/swarm.ts";
import { ServerClient } from "../../../server/cli/server_client.ts";
import { AppError } from "../../../server/errors.ts";
import type { Server } from "../../../server/serve.ts";
import {
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
  assertThrows,
  eventually,
} from "../../assert.ts";
import { serveEngines, TOKEN } from "../../client.ts";
import { FakeEngine } from "../../fakes/engine.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { request } from "../../stacks/client.ts";
import { FakeDockerStack } from "../../swarm/fake_docker_stack.ts";
import { FakeManager, SERVICE } from "../../swarm/fake_manager.ts";
import { Captured } from "../stacks/client.ts";

const COMPOSE = "services:\n  web:\n    image: busybox:1\n";

async function serveSwarm() {
  const [manager, docker] = [new FakeManager(), new FakeDockerStack()];
  const engines = { plain: new FakeEngine(), m: manager };
  const server = await serveEngines(engines, { dockerStack: docker, swarm: { everyMs: 1 } });
  await eventually("the hosts", async () => {
    const { body } = await request(server.url, "GET", "/docker/hosts");
    return body.every(({ state }: { readonly state: string }) => state === "up");
  });
  return { server, manager, docker, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

async function run({ server }: { readonly server: Server }, ...args: readonly string[]) {
  const { port } = new URL(server.url);
  using captured = new Captured();
  const code = await main(["swarm", ...args, "--port", port, "--token", TOKEN], new AbortController().signal);
  return { code, out: captured.out, err: captured.err };
}

Deno.test("lists nodes, stacks and services of the manager among the hosts", async () => {
  await using it = await serveSwarm();
  const { code, out } = await run(it);
  assertEquals([code, out], [
    0,
    [
      "NODE   STATE   ROLE              AVAILABILITY   TASKS   ENGINE   ADDRESS",
      "vm     ready   manager, leader   active         2       28.5.2   10.99.8.1",
      "",
      "STACK   SERVICES   TASKS   DEPLOYED BY",
      "shop    1          2 / 2   -",
      "",
      "SERVICE    TASKS   MODE         IMAGE",
      "shop_web   2 / 2   replicated   shop-web:1",
      "",
    ].join("\n"),
  ]);
});

Deno.test("deploys a file with its environment", async () => {
  await using it = await serveSwarm();
  using files = temporaryFolder({ "a.yaml": COMPOSE, ".env": "A=1" });
  const { code, err } = await run(
    it,
    "deploy",
    "new",
    files.path("a.yaml"),
    "--env-file",
    files.path(".env"),
  );
  assertEquals([code, err], [0, ""]);
  assertEquals(it.docker.deployed.map(({ name }) => name), ["new"]);
  assertEquals((await request(it.server.url, "GET", "/swarm/m/stacks/new")).body.env, "A=1");
});

Deno.test("a refused file is reported with its line", async () => {
  await using it = await serveSwarm();
  using files = temporaryFolder({ "a.yaml": `${COMPOSE}    env_file: x\n` });
  const { code, err } = await run(it, "deploy", "new", files.path("a.yaml"));
  assertEquals(code, 1);
  assertStringIncludes(err, "line 4");
});

Deno.test("a stack that DockStat did not deploy is replaced with --replace", async () => {
  await using it = await serveSwarm();
  using files = temporaryFolder({ "a.yaml": COMPOSE });
  assertStringIncludes((await run(it, "deploy", "shop", files.path("a.yaml"))).err, "did not deploy");
  assertEquals((await run(it, "deploy", "shop", files.path("a.yaml"), "--replace")).code, 0);
});

Deno.test("scales several services", async () => {
  await using it = await serveSwarm();
  const { code, out } = await run(it, "scale", "shop_web=5", `${SERVICE}=3`);
  assertEquals([code, it.manager.replicas], [0, 3]);
  assertMatch(out, /shop_web\.5/);
});

Deno.test("a no on the terminal removes nothing", async () => {
  await using it = await serveSwarm();
  const asked: string[] = [];
  const ask = (question: string) => Promise.resolve(asked.push(question) === 0);
  const { signal } = new AbortController();
  const remove = toSwarmRequest(["remove", "shop"], {});
  const client = new ServerClient(it.server.url, TOKEN);
  await assertRejects(() => swarm(client, remove, signal, ask), AppError, "Nothing was removed");
  assertEquals([asked, it.manager.removed], [['Remove stack "shop" from the swarm?'], []]);
});

Deno.test("removes a stack", async () => {
  await using it = await serveSwarm();
  assertEquals((await run(it, "remove", "shop")).code, 0);
  assertEquals(it.manager.removed[0], `/services/${SERVICE}`);
});

for (const node of ["vm", "fr9cjiwzuvm1lzfpm6y1qb7jz"]) {
  Deno.test(`drains the node ${node} and reports its tasks`, async () => {
    await using it = await serveSwarm();
    const { code, out, err } = await run(it, "node", "m", node, "drain");
    assertEquals([code, err, it.manager.availability], [0, "", "drain"]);
    assertStringIncludes(out, "shop_web.1");
  });
}

Deno.test("an unknown node is reported with those of the swarm", async () => {
  await using it = await serveSwarm();
  const { code, err } = await run(it, "node", "m", "../x", "pause");
  assertEquals([code, it.manager.availability], [1, "active"]);
  assertStringIncludes(err, 'No node "../x" is in the swarm: its nodes are "vm"');
});

Deno.test("a name of several nodes asks for an id", async () => {
  const nodes = ["a", "b"].map((id) => ({ id, name: "vm" }));
  const client = { ask: () => Promise.resolve({ nodes }) } as unknown as ServerClient;
  const request = toSwarmRequest(["node", "m", "vm", "pause"], {});
  const { signal } = new AbortController();
  await assertRejects(() => swarm(client, request, signal), AppError, "choose one by its id (a or b)");
});

Deno.test("without a manager, the reason is printed", async () => {
  await using server = await serveEngines({ plain: new FakeEngine() });
  await eventually("the host", async () => {
    const { body } = await request(server.url, "GET", "/docker/hosts");
    return body[0].state === "up";
  });
  const { code, err } = await run({ server });
  assertEquals(code, 1);
  assertStringIncludes(err, "No host is a manager of a swarm");
});

for (
  const [args, flags, why] of [
    [["deplo"], {}, "did you mean deploy"],
    [["deploy", "a"], {}, "expected NAME FILE"],
    [["deploy", "a", "b", "c"], {}, 'Unexpected argument "c"'],
    [["deploy", "a", "-"], { envFile: "-" }, "standard input can be read once"],
    [["remove"], {}, "expected NAME"],
    [["remove", "a"], { replace: true }, '--replace does not go with "swarm remove"'],
    [["scale"], {}, "expected SERVICE=N"],
    [["node", "m", "vm"], {}, "expected HOST NODE drain|pause|active"],
    [["node", "m", "vm", "drian"], {}, "did you mean drain"],
    [["node", "m", "vm", "pause", "x"], {}, 'Unexpected argument "x"'],
    [["node", "m", "vm", "pause"], { on: "m" }, '--on does not go with "swarm node"'],
    [["scale", "web"], {}, "such as shop_web=3"],
    [["scale", "web=-1"], {}, "such as shop_web=3"],
    [["scale", "web=99999"], {}, "from 0 to 10000"],
  ] as const
) {
  Deno.test(`refuses swarm ${args.join(" ")} ${JSON.stringify(flags)}`, () => {
    assertThrows(() => toSwarmRequest(args, flags), AppError, why);
  });
}

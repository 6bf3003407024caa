import { AppError } from "../../server/errors.ts";
import { Runner } from "../../server/stacks/runner.ts";
import { openDatabase } from "../../server/store/database.ts";
import { Journal } from "../../server/store/journal.ts";
import { assertEquals, assertStringIncludes, assertThrows, eventually } from "../assert.ts";
import { freshFolder } from "../client.ts";
import { FakeCompose } from "../fakes/compose.ts";
import { COMPOSE, serveStacks } from "./client.ts";

const OTHER = "services:\n  web:\n    image: busybox:2\n";

Deno.test("of two changes at once the second is checked with what the first has left", async () => {
  await using served = await serveStacks();
  const { call, compose, create } = served;
  const id = await create("pair", { deploy: false });
  const looked: (string | undefined)[] = [];
  const gate = Promise.withResolvers<void>();
  compose.look = async ({ files }) => {
    looked.push(await Deno.readTextFile(files!.compose));
    await gate.promise;
  };
  const first = call("PUT", `/stacks/${id}`, { compose: OTHER });
  await eventually("the first look", () => looked.length === 1);
  const second = call("PUT", `/stacks/${id}`, { env: "A=1\n" });
  const third = call("PUT", `/stacks/${id}`, { compose: ":" });
  gate.resolve();
  assertEquals((await Promise.all([first, second, third])).map(({ status }) => status), [200, 200, 422]);
  assertEquals(looked, [OTHER, OTHER]);
  assertEquals((await call("GET", `/stacks/${id}/compose`)).body, { compose: OTHER, env: "A=1\n" });
});

Deno.test("a project that is kept for a change takes no operation but its holder's", async () => {
  using database = openDatabase(":memory:");
  await using runner = new Runner(new FakeCompose(), new Journal(database), 4);
  const endpoint = { url: "unix:///none" };
  const target = { stackId: 7, hostId: "Localhost", project: { name: "kept", endpoint }, env: undefined };
  {
    using hold = runner.lock("change", "Localhost", "kept", 7);
    const busy = 'stack "7": its files are being written. Try again';
    assertThrows(() => runner.begin("start", target), AppError, `Cannot start ${busy}`);
    assertThrows(() => runner.lock("change", "Localhost", "kept", 7), AppError, `Cannot change ${busy}`);
    await runner.begin("deploy", target, [], hold).done;
  }
  await runner.begin("start", target).done;
});

Deno.test("two texts are looked at at once, the others wait and are answered", async () => {
  await using served = await serveStacks();
  const { call, compose } = served;
  let now = 0, most = 0;
  const gate = Promise.withResolvers<void>();
  compose.look = async () => {
    most = Math.max(most, ++now);
    await gate.promise;
    now--;
  };
  const asked = Array.from({ length: 5 }, () => call("POST", "/stacks/validate", { compose: COMPOSE }));
  await eventually("two looks", () => now === 2);
  gate.resolve();
  assertEquals((await Promise.all(asked)).map(({ status }) => status), [200, 200, 200, 200, 200]);
  assertEquals(most, 2);
});

Deno.test("a new stack whose deployment cannot begin is not kept, and its name stays free", async () => {
  const data = freshFolder();
  await using served = await serveStacks({ changes: { data } });
  const { call } = served;
  using database = openDatabase(`${data}/dockstat.db`);
  database.exec("CREATE TRIGGER full BEFORE INSERT ON operations BEGIN SELECT RAISE(ABORT, 'no room'); END");
  const refused = await call("POST", "/stacks", { name: "late", compose: COMPOSE });
  assertEquals(refused.status, 500);
  assertStringIncludes(refused.body.detail, "no room");
  assertEquals((await call("GET", "/stacks")).body, []);
  assertEquals([...Deno.readDirSync(`${data}/stacks`)], []);
  database.exec("DROP TRIGGER full");
  assertEquals((await call("POST", "/stacks", { name: "late", compose: COMPOSE })).status, 201);
});

/** `dockstat logs` without `--follow`. */
import { assertEquals, assertStringIncludes } from "../../assert.ts";
import { freshFolder, serveEngines, TOKEN } from "../../client.ts";
import { fakeContainer, FakeEngine } from "../../fakes/engine.ts";
import { startProgram } from "../../program.ts";

/** Runs `dockstat logs` without --follow. */
async function logsOnce(server: { readonly url: string }, ...args: string[]) {
  const all = ["logs", ...args, "--port", new URL(server.url).port, "--data", freshFolder()];
  await using program = startProgram(all, { DOCKSTAT_TOKEN: TOKEN });
  return { code: await program.status, out: program.out, err: program.err };
}

Deno.test("prints past lines and ends, with names for several containers and for a project", async () => {
  const engine = new FakeEngine(fakeContainer("web", { project: "shop" }), fakeContainer("db"));
  const at = (secondsAgo: number) => new Date(Date.now() - secondsAgo * 1000).toISOString();
  engine.written.push(
    { timestamp: at(60), stream: "stdout", message: "old" },
    { timestamp: at(1), stream: "stdout", message: "new" },
  );
  await using server = await serveEngines({ Localhost: engine });
  assertEquals(await logsOnce(server, "web"), { code: 0, out: "old\nnew\n", err: "" });
  assertEquals((await logsOnce(server, "web", "--tail", "1")).out, "new\n");
  assertEquals((await logsOnce(server, "web", "--since", "30s")).out, "new\n");
  assertEquals((await logsOnce(server, "--container", "web", "--until", "30s")).out, "old\n");
  assertEquals((await logsOnce(server, "--project", "shop")).out, "web | old\nweb | new\n");
  const both = await logsOnce(server, "web", "db");
  assertEquals(both.out.split("\n").sort(), ["", "db | new", "db | old", "web | new", "web | old"]);
  const wrong = await logsOnce(server, "wep");
  assertEquals(wrong.code, 1);
  assertStringIncludes(wrong.err, "did you mean web?");
});

Deno.test("prints the newest lines of the own log and ends", async () => {
  await using server = startProgram(["--demo", "2", "--port", "0"]);
  const url = await server.url();
  const { port } = new URL(url);
  await using logs = startProgram(["logs", "--port", port, "--level", "info"]);
  assertEquals([await logs.status, logs.err], [0, ""]);
  assertEquals(JSON.parse(logs.out.split("\n")[0]!).message, `Listening on ${url}`);
});

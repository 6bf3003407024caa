/** `dockstat stats` as a program, in a pipe and on a terminal. */
import { assertEquals, assertMatch, assertStringIncludes, eventually } from "../../assert.ts";
import { serve } from "../../../server/serve.ts";
import { freshFolder, serveEngines, testConfig, TOKEN } from "../../client.ts";
import { fakeContainer, FakeEngine } from "../../fakes/engine.ts";
import { QUICK } from "../../fakes/times.ts";
import { startProgram } from "../../program.ts";

const MOD = new URL("../../../mod.ts", import.meta.url).pathname;

async function stats(server: { readonly url: string }, ...args: string[]) {
  const { port } = new URL(server.url);
  await using program = startProgram(["stats", ...args, "--port", port, "--data", freshFolder()], {
    DOCKSTAT_TOKEN: TOKEN,
  });
  return { code: await program.status, out: program.out, err: program.err };
}

Deno.test("prints the named containers of a host once, and refuses unknown ones", async () => {
  const nas = new FakeEngine(fakeContainer("db"), fakeContainer("web"));
  await using server = await serveEngines({ Localhost: new FakeEngine(fakeContainer("cache")), nas });
  const all = await stats(server, "--no-stream", "--sort", "name");
  assertEquals(all.out.split("\n").map((row) => row.split(" ")[0]), [
    ...["Localhost:", "nas:", "NAME", "cache", "db", "web", ""],
  ]);
  const named = await stats(server, "web", "--host", "nas");
  assertMatch(named.out, /^NAME.*\nweb +nas +.*\n$/);
  const missing = await stats(server, "wep");
  assertEquals([missing.code, missing.out], [1, ""]);
  assertStringIncludes(missing.err, 'There is no container "wep": did you mean web?');
  const host = await stats(server, "--host", "nass");
  assertEquals(host.code, 2);
  assertStringIncludes(host.err, "did you mean nas? hosts are Localhost, nas");
});

Deno.test("prints the containers of hosts with a label, and refuses a label that no host has", async () => {
  const engines = ["nas", "vps"].map((id) => [id, new FakeEngine(fakeContainer(`on-${id}`))] as const);
  const hosts = engines.map(([id]) => ({
    ...{ kind: "docker" as const, id, endpoint: { url: "unix:///none" } },
    labels: { site: id === "nas" ? "home" : "away" },
  }));
  const openEngine = ({ id }: { readonly id: string }) => new Map(engines).get(id)!;
  await using server = await serve(testConfig(hosts), { times: QUICK, openEngine });
  const home = await stats(server, "--label", "site=home");
  assertEquals(home.out.split("\n").map((row) => row.split(" ")[0]), ["nas:", "NAME", "on-nas", ""]);
  const none = await stats(server, "--label", "site=moon");
  assertEquals([none.code, none.out], [2, ""]);
  assertStringIncludes(none.err, 'No host has the label "site=moon"');
});

Deno.test({
  name: "keys sort, filter and quit on a terminal",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    // "script" gives the command a terminal, and passes typed keys on.
    const line = `${Deno.execPath()} run --no-check -A ${MOD} stats --demo 3`;
    const terminal = new Deno.Command("script", {
      args: ["-qec", line, "/dev/null"],
      env: { TERM: "xterm", DOCKSTAT_DATA: freshFolder() },
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    let out = "";
    const reading = terminal.stdout.pipeThrough(new TextDecoderStream())
      .pipeTo(new WritableStream({ write: (text) => void (out += text) }));
    const keys = terminal.stdin.getWriter();
    const type = (text: string) => keys.write(new TextEncoder().encode(text));
    await eventually("the table", () => /CPU %/.test(out));
    await type("c");
    await eventually("the order", () => out.includes("by cpu"));
    await type("/zzz\r");
    await eventually("the filter", () => out.includes("No matching containers."));
    await type("q");
    assertEquals((await terminal.status).code, 0);
    await keys.close().catch(() => {});
    await reading;
  },
});

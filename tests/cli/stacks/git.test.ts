import { pullGit } from "../../../server/cli/stacks/git.ts";
import { ServerClient } from "../../../server/cli/server_client.ts";
import { AppError } from "../../../server/errors.ts";
import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "../../assert.ts";
import { TOKEN } from "../../client.ts";
import { FakeRemotes } from "../../git/fake_remotes.ts";
import { type ServedStacks, serveStacks } from "../../stacks/client.ts";
import { Captured, runCli } from "./client.ts";

const COMPOSE = "services:\n  web:\n    image: busybox:1\n";
const CREATE = ["create", "shop", "--git", "https://git.example.org/shop.git"];

async function serveRemotes() {
  const remotes = new FakeRemotes({ "compose.yaml": COMPOSE });
  return { remotes, served: await serveStacks({ options: { remotes } }) };
}

Deno.test("creates a stack from Git and deploys it", async () => {
  const { served, remotes: _ } = await serveRemotes();
  await using it = served;
  const { code, out, err } = await runCli(it, [...CREATE, "--branch", "main", "--path", "compose.yaml"]);
  assertEquals([code, err], [0, ""]);
  assertStringIncludes(out, 'Created stack "shop" (ID 1) from branch "main"\n');
  assertEquals(it.compose.runs.some(({ args }) => args.includes("up")), true);
});

Deno.test("pull-git shows the difference and deploys it", async () => {
  const { served, remotes } = await serveRemotes();
  await using it = served;
  await runCli(it, CREATE);
  const commit = remotes.push({ "compose.yaml": COMPOSE.replace(":1", ":2") });
  const shown = await runCli(it, ["pull-git", "shop", "--dry-run"]);
  assertEquals([shown.code, shown.err], [0, ""]);
  assertStringIncludes(shown.out, "-    image: busybox:1\n+    image: busybox:2\n");
  const { code, out } = await runCli(it, ["pull-git", "shop"]);
  assertEquals(code, 0);
  assertStringIncludes(out, `Stack deployed from commit ${commit.slice(0, 12)}`);
});

Deno.test("pull-git asks on a terminal, and a no pulls nothing", async () => {
  const { served, remotes } = await serveRemotes();
  await using it = served;
  await runCli(it, CREATE);
  remotes.push({ "compose.yaml": COMPOSE.replace(":1", ":2") });
  using _captured = new Captured();
  await assertRejects(
    () => pullGit(taskOf(it), () => Promise.resolve(false)),
    AppError,
    "Nothing was pulled",
  );
  assertEquals((await it.call("GET", "/stacks/1/compose")).body.compose, COMPOSE);
});

Deno.test("pull-git pulls a rewritten branch only with --rewritten", async () => {
  const { served, remotes } = await serveRemotes();
  await using it = served;
  await runCli(it, CREATE);
  remotes.push({ "compose.yaml": COMPOSE.replace(":1", ":2") });
  remotes.forward = false;
  const { code, err } = await runCli(it, ["pull-git", "shop"]);
  assertEquals(code, 1);
  assertStringIncludes(err, "Pass --rewritten to accept it");
  assertEquals((await runCli(it, ["pull-git", "shop", "--rewritten"])).code, 0);
});

Deno.test("git shows and changes what pulls a stack", async () => {
  const { served, remotes: _ } = await serveRemotes();
  await using it = served;
  await runCli(it, CREATE);
  const { out } = await runCli(it, ["git", "shop", "--schedule", "15m", "--webhook", "new"]);
  assertMatch(out, /Schedule +every 15m\nWebhook +on\n/);
  assertMatch(out, /Secret of the webhook, shown once: [\w-]{43}\nPath: \/stacks\/1\/git\/webhook\n/);
  const shown = await runCli(it, ["git", "shop"]);
  assertEquals([shown.code, shown.out.includes("Secret")], [0, false]);
  assertMatch((await runCli(it, ["git", "shop", "--schedule", "off"])).out, /Schedule +off/);
});

Deno.test("a stack that does not come from Git is refused by its name", async () => {
  const { served, remotes: _ } = await serveRemotes();
  await using it = served;
  const body = { name: "plain", compose: "services: { web: { image: web } }", deploy: false };
  const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
  const created = await fetch(new URL("/stacks", it.server.url), {
    ...{ method: "POST", headers, body: JSON.stringify(body) },
  });
  await created.body?.cancel();
  for (const args of [["pull-git", "plain"], ["git", "plain", "--webhook", "new"]]) {
    const { code, err } = await runCli(it, args);
    assertEquals([code, err], [1, 'dockstat: Stack "plain" does not come from Git\n']);
  }
});

for (
  const [args, message] of [
    [["create", "shop"], "expected --file and a compose file, --dir and its folder, or --git and a URL"],
    [["create", "shop", "--branch", "main", "--file", "c.yaml"], "--branch and --path need --git"],
    [[...CREATE, "--file", "c.yaml"], "--git does not go with --file or --dir"],
    [["create", "shop", "--git", "ftp://x"], "--git: expected an address such as https://git.example.org/"],
    [["create", "shop", "--git", "git@git.example.org:shop.git"], "or ssh://git.example.org/team/shop.git"],
    [[...CREATE, "--branch=--upload-pack=x"], "--branch: expected the name of a branch"],
    [[...CREATE, "--path", "../x"], "--path: expected the path of a compose file"],
    [["git", "shop", "--webhook", "on"], '--webhook: found "on": expected new or off'],
    [["git", "shop", "--schedule", "5s"], '--schedule: found "5s": expected a duration from 1m to 7d'],
    [["pull-git"], "stacks pull-git: expected NAME|ID"],
  ] as const
) {
  Deno.test(`${args.join(" ")} is refused`, async () => {
    const { code, err } = await runCli({ server: { url: "http://127.0.0.1:1" } } as ServedStacks, args);
    assertEquals(code, 2);
    assertStringIncludes(err, message);
  });
}

Deno.test("an address with a password is refused without repeating it", async () => {
  const args = ["create", "shop", "--git", "https://me:s3cret@git.example.org/shop.git"];
  const { code, err } = await runCli({ server: { url: "http://127.0.0.1:1" } } as ServedStacks, args);
  assertEquals([code, err.includes("s3cret")], [2, false]);
});

function taskOf({ server }: ServedStacks) {
  const client = new ServerClient(server.url, TOKEN);
  const { signal } = new AbortController();
  return { verb: "pull-git", names: ["shop"], flags: {}, client, signal } as const;
}

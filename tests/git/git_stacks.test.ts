import { assertEquals, assertStringIncludes } from "../assert.ts";
import { openDatabase } from "../../server/store/database.ts";
import { freshFolder } from "../client.ts";
import { serveStacks } from "../stacks/client.ts";
import { FakeRemotes } from "./fake_remotes.ts";
import { FILES, serveGit, SHOP } from "./served.ts";

Deno.test("creates a stack with the files that its compose file names, and deploys it", async () => {
  await using git = await serveGit();
  const { call, create, host, served } = git;
  const { status, body } = await create();
  assertEquals([status, body.operation?.state], [201, "succeeded"], JSON.stringify(body));
  assertEquals((await call("GET", "/stacks/1/compose")).body, { compose: SHOP, env: "", git_env: "TAG=1\n" });
  const files = (await call("GET", "/stacks/1/files")).body.map(({ path }: { path: string }) => path);
  assertEquals(files, ["app.env", "conf/web.conf"]);
  const { git: state } = (await call("GET", "/stacks/1")).body;
  const commit = await host.git("rev-parse", "HEAD");
  assertEquals(
    { ...state, pulled_at: "" },
    {
      ...{ url: host.url, branch: "main", path: "shop/compose.yaml", commit, pulled_at: "", schedule: null },
      ...{ webhook: false, token: false, error: null },
    },
  );
  assertEquals(served.compose.runs.some(({ args }) => args.includes("up")), true);
});

Deno.test("a pull without a new commit ends as unchanged and runs nothing", async () => {
  await using git = await serveGit();
  const { create, pull, served } = git;
  await create();
  const runs = served.compose.runs.length;
  const { body } = await pull();
  assertEquals(body.state, "succeeded", JSON.stringify(body));
  assertStringIncludes(body.messages.at(-1), "Nothing has changed up to commit");
  assertEquals(served.compose.runs.length, runs);
});

Deno.test("a commit that changes none of the stack's own files deploys nothing", async () => {
  await using git = await serveGit();
  const { call, create, pull, served, host } = git;
  await create();
  const runs = served.compose.runs.length;
  const commit = await host.push({ "README.md": "other", "shop/unused.txt": "other" });
  assertStringIncludes((await pull()).body.messages.at(-1), "Nothing has changed");
  assertEquals(served.compose.runs.length, runs);
  assertEquals((await call("GET", "/stacks/1")).body.git.commit, commit);
});

Deno.test("a changed env_file is pulled, kept as a version and deployed", async () => {
  await using git = await serveGit();
  const { call, create, pull, host } = git;
  await create();
  const commit = await host.push({ "shop/app.env": "A=2\n" });
  const { body } = await pull();
  assertEquals(body.state, "succeeded", JSON.stringify(body));
  assertStringIncludes(body.messages.at(-1), `Stack deployed from commit ${commit.slice(0, 12)}`);
  const [newest] = (await call("GET", "/stacks/1/versions")).body;
  assertEquals(newest.reason, `Git ${commit.slice(0, 12)}`);
  assertEquals((await call("GET", "/stacks/1")).body.pending_changes, false);
});

Deno.test("the folder that containers mount stays the same through 100 pulls", async () => {
  const data = freshFolder();
  const remotes = new FakeRemotes(FILES);
  await using served = await serveStacks({ changes: { data }, options: { remotes } });
  const git = { url: "https://git.example.org/shop.git", branch: "main", path: "shop" };
  await served.call("POST", "/stacks/git?wait=1", { name: "shop", git });
  const inode = (path: string) => Deno.statSync(`${data}/stacks/1${path}`).ino;
  const before = [inode(""), inode("/conf")];
  for (let turn = 0; turn < 100; turn++) {
    remotes.push({ "shop/conf/web.conf": `${turn}\n` });
    const { body } = await served.call("POST", "/stacks/1/git/pull?wait=1");
    assertEquals(body.state, "succeeded", JSON.stringify(body));
  }
  assertEquals([inode(""), inode("/conf")], before);
  assertEquals(Deno.readTextFileSync(`${data}/stacks/1/conf/web.conf`), "99\n");
});

Deno.test("a file that the repository no longer has is removed", async () => {
  await using git = await serveGit();
  const { call, create, pull, host, data } = git;
  await create();
  await host.push({ "shop/conf/more.conf": "more\n" });
  await pull();
  assertEquals(Deno.readTextFileSync(`${data}/stacks/1/conf/more.conf`), "more\n");
  await host.push({ "shop/conf/more.conf": null });
  await pull();
  assertEquals((await call("GET", "/stacks/1/files")).body.length, 2);
  assertEquals([...Deno.readDirSync(`${data}/stacks/1/conf`)].map(({ name }) => name), ["web.conf"]);
});

Deno.test("shows the difference without changing the stack", async () => {
  await using git = await serveGit();
  const { call, create, host } = git;
  await create();
  const from = await host.git("rev-parse", "HEAD");
  const compose = SHOP.replace(":1", ":2");
  const to = await host.push({ "shop/compose.yaml": compose, "shop/conf/web.conf": "two\n" }, "Use 2");
  const { status, body } = await call("POST", "/stacks/1/git/pull?dryRun=1");
  assertEquals(status, 200, JSON.stringify(body));
  const files = [{ path: "conf/web.conf", change: "changed", bytes: 4 }];
  assertEquals(body, { from, to, subject: "Use 2", forward: true, compose, env: null, files });
  assertEquals((await call("GET", "/stacks/1")).body.git.commit, from);
});

Deno.test("deploys only the commit whose difference was shown", async () => {
  await using git = await serveGit();
  const { create, pull, host } = git;
  await create();
  const shown = await host.push({ "shop/app.env": "A=2\n" });
  await host.push({ "shop/app.env": "A=3\n" });
  const { body } = await pull(`&commit=${shown}`);
  assertEquals(body.state, "failed");
  assertStringIncludes(body.error, "review the difference again");
});

Deno.test("a rewritten branch is pulled only when that is accepted", async () => {
  await using git = await serveGit();
  const { call, create, pull, host } = git;
  await create();
  await host.push({ "shop/app.env": "A=2\n" });
  await pull();
  await host.git("reset", "--quiet", "--hard", "HEAD~1");
  const commit = await host.push({ "shop/app.env": "A=evil\n" });
  assertEquals((await call("POST", "/stacks/1/git/pull?dryRun=1")).body.forward, false);
  const refused = await pull();
  assertEquals(refused.body.state, "failed");
  assertStringIncludes(refused.body.error, "was rewritten");
  assertStringIncludes((await call("GET", "/stacks/1")).body.git.error, "was rewritten");
  assertEquals((await pull("&rewritten=1")).body.state, "succeeded");
  const { git: state } = (await call("GET", "/stacks/1")).body;
  assertEquals([state.commit, state.error], [commit, null]);
});

Deno.test("the next pull retries a deployment that failed", async () => {
  await using git = await serveGit();
  const { create, pull, host, served } = git;
  await create();
  await host.push({ "shop/app.env": "A=2\n" });
  served.compose.work = () => Promise.resolve({ code: 1, error: "no" });
  assertEquals((await pull()).body.state, "failed");
  served.compose.work = () => Promise.resolve({ code: 0, error: undefined });
  assertStringIncludes((await pull()).body.messages.at(-1), "Stack deployed from commit");
});

Deno.test("a commit that Compose rejects changes nothing", async () => {
  await using git = await serveGit();
  const { call, create, pull, host } = git;
  await create();
  await host.push({ "shop/compose.yaml": SHOP + "bogus: 1\n" });
  assertEquals((await pull()).body.state, "failed");
  assertEquals((await call("GET", "/stacks/1/compose")).body.compose, SHOP);
});

Deno.test("texts and files from Git are changed in Git only", async () => {
  await using git = await serveGit();
  const { call, create } = git;
  await create();
  assertEquals((await call("PUT", "/stacks/1", { compose: SHOP + "\n" })).status, 409);
  assertEquals((await call("DELETE", "/stacks/1/files/app.env")).status, 409);
});

Deno.test("a removed stack leaves nothing of Git", async () => {
  await using git = await serveGit();
  const { call, create } = git;
  await create();
  await call("DELETE", "/stacks/1?wait=1");
  assertEquals((await call("POST", "/stacks/1/git/pull")).status, 404);
  assertEquals((await create()).body.git?.commit ?? (await call("GET", "/stacks/2")).body.git.branch, "main");
});

Deno.test("files that cannot be stored leave no stack behind", async () => {
  const data = freshFolder();
  await using served = await serveStacks({ changes: { data }, options: { remotes: new FakeRemotes(FILES) } });
  using database = openDatabase(`${data}/dockstat.db`);
  database.exec("CREATE TRIGGER full BEFORE INSERT ON stack_files BEGIN SELECT RAISE(ABORT, 'no room'); END");
  const git = { url: "https://git.example.org/shop.git", branch: "main", path: "shop" };
  assertEquals((await served.call("POST", "/stacks/git", { name: "shop", git })).status, 500);
  assertEquals((await served.call("GET", "/stacks")).body, []);
  database.exec("DROP TRIGGER full");
  assertEquals((await served.call("POST", "/stacks/git?wait=1", { name: "shop", git })).status, 201);
});

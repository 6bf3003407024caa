/** Local values, files and modes beside those of the repository. */
import { assertEquals } from "../assert.ts";
import { freshFolder } from "../client.ts";
import { serveStacks } from "../stacks/client.ts";
import { FakeRemotes } from "./fake_remotes.ts";
import { FILES, serveGit, SHOP } from "./served.ts";

Deno.test("executable files stay executable, and a pull follows their mode", async () => {
  const data = freshFolder();
  const remotes = new FakeRemotes(FILES);
  remotes.executables = ["shop/conf/web.conf"];
  await using served = await serveStacks({ changes: { data }, options: { remotes } });
  const git = { url: "https://git.example.org/shop.git", branch: "main", path: "shop" };
  await served.call("POST", "/stacks/git?wait=1", { name: "shop", git });
  const modes = () =>
    ["conf/web.conf", "app.env"].map((path) => Deno.statSync(`${data}/stacks/1/${path}`).mode! & 0o777);
  assertEquals(modes(), [0o755, 0o644]);
  remotes.executables = ["shop/app.env"];
  remotes.push({});
  assertEquals((await served.call("POST", "/stacks/1/git/pull?wait=1")).body.state, "succeeded");
  assertEquals(modes(), [0o644, 0o755]);
});

Deno.test("the local .env and local files survive a pull", async () => {
  await using git = await serveGit();
  const { call, create, pull, host } = git;
  await create();
  await call("PUT", "/stacks/1", { env: "TAG=mine\n" });
  await fetch(`${git.served.server.url}/stacks/1/files/local.env`, {
    method: "PUT",
    headers: { authorization: "Bearer a-token-for-tests-only" },
    body: "B=2\n",
  }).then((answer) => answer.body?.cancel());
  await host.push({ "shop/.env": "TAG=theirs\n", "shop/app.env": "A=3\n" });
  assertEquals((await pull()).body.state, "succeeded");
  assertEquals((await call("GET", "/stacks/1/compose")).body.env, "TAG=mine\n");
  const files = (await call("GET", "/stacks/1/files")).body.map(({ path }: { path: string }) => path);
  assertEquals(files, ["app.env", "conf/web.conf", "local.env"]);
});

Deno.test("the .env of the repository is the default below local values, at every pull", async () => {
  const remotes = new FakeRemotes(FILES);
  await using served = await serveStacks({ options: { remotes } });
  const { call, compose } = served;
  const read: string[] = [];
  compose.onConfig = async ({ files: { env = "" } = {} }) => {
    if (env.endsWith("/run/.env")) read.push(await Deno.readTextFile(env));
  };
  const git = { url: "https://git.example.org/shop.git", branch: "main", path: "shop" };
  await call("POST", "/stacks/git?wait=1", { name: "shop", env: "MINE=1\n", git });
  remotes.push({ "shop/.env": "TAG=2" });
  assertEquals((await call("POST", "/stacks/1/git/pull?dryRun=1")).body.env, "TAG=2");
  assertEquals((await call("POST", "/stacks/1/git/pull?wait=1")).body.state, "succeeded");
  assertEquals(read, ["TAG=1\nMINE=1\n", "TAG=2\nMINE=1\n"]);
  assertEquals((await call("GET", "/stacks/1/compose")).body, {
    compose: SHOP,
    env: "MINE=1\n",
    git_env: "TAG=2",
  });
  assertEquals((await call("POST", "/stacks/1/git/pull?dryRun=1")).body.env, null);
});

Deno.test("an .env that is a config has both layers, and is removed with the stack", async () => {
  const data = freshFolder();
  const mounts = `${SHOP}    configs: [app]\nconfigs:\n  app: { file: .env }\n`;
  const remotes = new FakeRemotes({ ...FILES, "shop/compose.yaml": mounts });
  await using served = await serveStacks({ changes: { data }, options: { remotes } });
  const { call, compose } = served;
  const git = { url: "https://git.example.org/shop.git", branch: "main", path: "shop" };
  await call("POST", "/stacks/git?wait=1", { name: "shop", env: "MINE=1\n", git });
  const mounted = `${data}/texts/1/files/.env`;
  let text = "";
  compose.onConfig = async ({ files }) => {
    if (files!.compose.includes("/run/")) text = await Deno.readTextFile(files!.compose);
  };
  remotes.push({ "shop/.env": "TAG=2\n" });
  assertEquals((await call("POST", "/stacks/1/git/pull?wait=1")).body.state, "succeeded");
  assertEquals([text.includes(mounted), await Deno.readTextFile(mounted)], [true, "TAG=2\nMINE=1\n"]);
  await call("DELETE", "/stacks/1?wait=1");
  assertEquals(await exists(`${data}/texts/1`), false);
});

Deno.test("a local override is read after the compose file, and survives every pull", async () => {
  const data = freshFolder();
  const remotes = new FakeRemotes(FILES);
  await using served = await serveStacks({ changes: { data }, options: { remotes } });
  const { call, compose } = served;
  const git = { url: "https://git.example.org/shop.git", branch: "main", path: "shop" };
  await call("POST", "/stacks/git?wait=1", { name: "shop", git });
  const text = "services:\n  web:\n    env_file: app.env\n    ports: [8080:80]\n";
  const files = [{ path: "compose.override.yaml", text }];
  assertEquals((await call("PUT", "/stacks/1", { files })).status, 200);
  const read: string[][] = [];
  compose.onConfig = async ({ files: { overrides = [] } = {} }) => {
    if (overrides[0]?.includes("/run/")) {
      read.push(await Promise.all(overrides.map((path) => Deno.readTextFile(path))));
    }
  };
  remotes.push({ "shop/app.env": "A=5\n" });
  assertEquals((await call("POST", "/stacks/1/git/pull?wait=1")).body.state, "succeeded");
  // Compose reads the copy of the file that the override names.
  assertEquals(read, [[text.replace("app.env", `"${data}/texts/1/files/app.env"`)]]);
  assertEquals(await exists(`${data}/stacks/1/compose.override.yaml`), false);
  assertEquals((await call("GET", "/stacks/1")).body.pending_changes, false);
  await call("PUT", "/stacks/1", { files: [{ path: "compose.override.yaml", text: null }] });
  assertEquals((await call("GET", "/stacks/1")).body.pending_changes, true);
});

for (
  const [what, text] of [
    ["a program", "services: {web: {provider: {type: x}}}"],
    ["a file outside its folder", "services: {web: {env_file: /etc/shadow}}"],
    ["a remote include", "include: [oci://example.org/x]"],
    ["an unknown key", "services: {web: {imagee: x}}"],
    ["no mapping", "- a"],
  ] as const
) {
  Deno.test(`an override with ${what} is refused by its name`, async () => {
    const remotes = new FakeRemotes(FILES);
    await using served = await serveStacks({ options: { remotes } });
    const git = { url: "https://git.example.org/shop.git", branch: "main", path: "shop" };
    await served.call("POST", "/stacks/git?wait=1", { name: "shop", git });
    const files = [{ path: "compose.override.yaml", text }];
    const { status, body } = await served.call("PUT", "/stacks/1", { files });
    assertEquals([status, body.errors?.[0]?.path.split(".").slice(0, 3).join(".")], [
      422,
      "compose.override.yaml",
    ]);
    assertEquals((await served.call("GET", "/stacks/1/files")).body.length, 2);
  });
}

Deno.test("a restored version is checked without an override that it does not have", async () => {
  const remotes = new FakeRemotes(FILES);
  await using served = await serveStacks({ options: { remotes } });
  const { call, compose } = served;
  const git = { url: "https://git.example.org/shop.git", branch: "main", path: "shop" };
  await call("POST", "/stacks/git?wait=1", { name: "shop", git });
  const files = [{ path: "compose.override.yaml", text: "services: {web: {ports: [8080:80]}}\n" }];
  await call("PUT", "/stacks/1", { files });
  const read: (readonly string[] | undefined)[] = [];
  compose.onConfig = ({ files }) => {
    read.push(files?.overrides);
    return Promise.resolve();
  };
  assertEquals((await call("POST", "/stacks/1/versions/1/restore")).status, 200);
  assertEquals([read.length > 0, read.flat()], [true, []]);
});

Deno.test("a pull whose files cannot be stored leaves the .env and the modes as they were", async () => {
  const data = freshFolder();
  const remotes = new FakeRemotes(FILES);
  await using served = await serveStacks({ changes: { data }, options: { remotes } });
  const { call } = served;
  const git = { url: "https://git.example.org/shop.git", branch: "main", path: "shop" };
  await call("POST", "/stacks/git?wait=1", { name: "shop", git });
  const planted = `${data}/stacks/1/conf/new.conf`;
  await Deno.mkdir(planted, { recursive: true });
  remotes.executables = ["shop/app.env"];
  remotes.push({ "shop/.env": "TAG=2\n", "shop/conf/new.conf": "new\n" });
  assertEquals((await call("POST", "/stacks/1/git/pull?wait=1")).body.state, "failed");
  assertEquals((await call("GET", "/stacks/1/compose")).body.git_env, "TAG=1\n");
  await Deno.remove(planted);
  assertEquals((await call("POST", "/stacks/1/git/pull?wait=1")).body.state, "succeeded");
  assertEquals((await call("GET", "/stacks/1/compose")).body.git_env, "TAG=2\n");
  assertEquals(Deno.statSync(`${data}/stacks/1/app.env`).mode! & 0o777, 0o755);
});

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}

/** Hostile repositories and hosts. */
import { GitProgram } from "../../server/git/program.ts";
import { GitRemotes } from "../../server/git/repository.ts";
import { OutboundClient } from "../../server/outbound/client.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { GitServer } from "./git_server.ts";
import { BAD_BRANCHES, BAD_PATHS, BAD_URLS } from "./sources.ts";
import { FILES, serveGit, SHOP } from "./served.ts";

const SIGNAL = new AbortController().signal;

Deno.test("hostile addresses, branches and paths are refused before git starts", async () => {
  await using git = await serveGit();
  const sources = [
    ...BAD_URLS.map((url) => ({ url })),
    ...BAD_BRANCHES.map((branch) => ({ branch })),
    ...BAD_PATHS.map((path) => ({ path })),
  ];
  for (const source of sources) {
    const { status, body } = await git.create(source);
    assertEquals(status, 422, JSON.stringify([source, body]));
  }
  assertEquals(git.host.requests, []);
});

Deno.test("an address that dockstat.yaml does not allow is not connected to", async () => {
  await using git = await serveGit();
  for (
    const host of ["127.0.0.1:1", "localhost", "[::1]", "169.254.169.254", "0.0.0.0", "[::ffff:127.0.0.1]:9"]
  ) {
    const { status, body } = await git.create({ url: `https://${host}/shop.git` });
    assertEquals(status, 503, JSON.stringify(body));
    assertStringIncludes(body.detail, "outbound: allow");
  }
  assertEquals(git.host.requests, []);
});

Deno.test("a redirect is not followed", async () => {
  await using git = await serveGit();
  const { host } = git;
  host.intercept = ({ url }) =>
    url.includes("/other/")
      ? undefined
      : new Response(null, { status: 302, headers: { location: `${host.origin}/other/shop.git/info/refs` } });
  const { status, body } = await git.create();
  assertEquals(status, 502, JSON.stringify(body));
  assertStringIncludes(body.detail, "redirects to another address");
  assertEquals(host.requests.some((path) => path.includes("/other/")), false);
});

Deno.test("links, submodules and large files among the named files are refused by name", async () => {
  await using git = await serveGit();
  const { host } = git;
  await git.create();
  const cases: [string, () => Promise<unknown>][] = [
    ["conf/link", () => Deno.symlink("/etc/passwd", `${host.work}/shop/conf/link`)],
    ["conf/large", () => Deno.writeFile(`${host.work}/shop/conf/large`, new Uint8Array(1_048_577))],
  ];
  for (const [path, make] of cases) {
    await make();
    await host.push({});
    const { body } = await git.pull();
    assertEquals(body.state, "failed", path);
    assertStringIncludes(body.error, `"${path}"`);
    await host.push({ [`shop/${path}`]: null });
  }
  const head = await host.git("rev-parse", "HEAD");
  await host.git("update-index", "--add", "--cacheinfo", `160000,${head},shop/conf/module`);
  await host.git("commit", "--quiet", "-m", "submodule");
  assertStringIncludes((await git.pull()).body.error, '"conf/module" is a submodule');
});

Deno.test("a compose file or a folder that is a link is refused", async () => {
  await using git = await serveGit();
  const { host } = git;
  await Deno.remove(`${host.work}/shop/conf`, { recursive: true });
  await Deno.symlink("/etc", `${host.work}/shop/conf`);
  await host.push({});
  assertStringIncludes((await git.create()).body.detail, '"conf" is a symbolic link');
  await Deno.remove(`${host.work}/shop/compose.yaml`);
  await Deno.symlink("/etc/passwd", `${host.work}/shop/compose.yaml`);
  await host.push({});
  assertStringIncludes((await git.create()).body.detail, '"compose.yaml" is a symbolic link');
});

Deno.test("files in Git LFS and files with reserved names are refused", async () => {
  await using git = await serveGit({
    files: { ...FILES, "shop/app.env": "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n" },
  });
  assertStringIncludes((await git.create()).body.detail, "Git LFS");
  await git.host.push({ "shop/app.env": "A=1", "shop/conf/compose.override.yaml": "services: {}" });
  assertEquals((await git.create()).status, 422);
  assertEquals((await git.call("GET", "/stacks")).body, []);
});

Deno.test("more files than a stack can have are refused", async () => {
  await using git = await serveGit({ files: { "shop/compose.yaml": SHOP, "shop/app.env": "" } });
  const many = Array.from({ length: 1001 }, (_, index) => [`shop/conf/${index}`, ""] as const);
  await git.host.push(Object.fromEntries(many));
  assertStringIncludes((await git.create()).body.detail, "1000 at most");
});

Deno.test("a text that is not a compose file is refused with a reason", async () => {
  await using git = await serveGit();
  const lines = Array.from({ length: 30 }, (_, n) => `b${n}: &b${n} [*b${n - 1}, *b${n - 1}]`).slice(1);
  const bomb = ["b0: &b0 [x, x]", ...lines].join("\n");
  for (const text of ["a: [", ":", "", "- 1", bomb, "\0"]) {
    await git.host.push({ "shop/compose.yaml": text });
    const { status, body } = await git.create();
    assertEquals(status, 422, JSON.stringify([text.slice(0, 20), body]));
  }
});

Deno.test("names that differ only in case are refused", async () => {
  await using git = await serveGit({ files: { ...FILES, "shop/conf/WEB.conf": "two\n" } });
  assertStringIncludes((await git.create()).body.detail, "differ only in case");
});

Deno.test("a branch whose name ends with that of another is not taken for it", async () => {
  await using host = await GitServer.open(FILES);
  using folder = temporaryFolder();
  const remotes = new GitRemotes(folder.path(""), new GitProgram(Deno.env.get("PATH")!), {
    hosts: [{ url: host.origin, ca: host.ca }],
    outbound: new OutboundClient({ allow: [host.allowed] }),
    env: () => undefined,
  });
  const head = (branch: string) => remotes.head({ url: host.url, branch, path: "" }, SIGNAL);
  const old = await host.git("rev-parse", "HEAD");
  const commit = await host.push({ "README.md": "newer" });
  await host.git("update-ref", "refs/heads/refs/heads/trunk", old);
  await assertRejects(() => head("trunk"), Error, 'no branch "trunk"');
  await host.git("branch", "trunk");
  assertEquals(await head("trunk"), commit);
});

/** Size of the largest object that git holds in memory, bytes. */
const MOST_HELD = 64 * 1024 * 1024;

Deno.test("a large file that the stack does not name is fetched without being held in memory", async () => {
  await using git = await serveGit();
  using large = await Deno.open(`${git.host.work}/large`, { create: true, write: true });
  await large.truncate(MOST_HELD + 1);
  await git.host.push({});
  assertEquals((await git.create()).status, 201);
});

Deno.test("an object that git would hold in memory is refused when it is large", async () => {
  await using git = await serveGit();
  await Deno.writeFile(`${git.host.work}/message`, new Uint8Array(MOST_HELD + 1).fill(97));
  await git.host.git("commit", "--quiet", "--allow-empty", "--cleanup=verbatim", "-F", "message");
  assertStringIncludes((await git.create()).body.detail, "invalid or very large objects");
});

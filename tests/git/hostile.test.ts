/** Hostile addresses, repositories and hosts. */
import { isBranch, isGitUrl, isRepositoryPath } from "../../server/protocol/git/git.ts";
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { FILES, serveGit, SHOP } from "./served.ts";

const BAD_URLS = [
  ...[
    "",
    "-",
    "--upload-pack=touch /tmp/x",
    "ext::sh -c touch% /tmp/x",
    "file:///etc",
    "/srv/shop.git",
    "shop.git",
  ],
  ...["git://git.example.org/shop.git", "http://git.example.org/shop.git", "ftp://git.example.org/shop.git"],
  ...[
    "ssh://-oProxyCommand=touch/x",
    "ssh://-oProxyCommand=x@host/y",
    "https://-x/y",
    "git@host:team/shop.git",
  ],
  ...["https://user@host/x", "https://user:secret@host/x", "https://:secret@host/x", "ssh://git@host/x"],
  ...[
    "https://host/x?y=1",
    "https://host/x#y",
    "https://host/a b",
    "https://host/a\nb",
    "https://host/$(id)",
  ],
  ...[
    "https://host/`id`",
    "https://host/x;id",
    "https://host/../x",
    "https://host/a/./b",
    "https://host\\@evil/x",
  ],
  ...[
    "https://host:99999/x",
    "https://host:/x",
    "https:///x",
    "https://host",
    "HTTPS::https://host/x",
    "https://ho\0st/x",
  ],
  ...["https://host/%2e%2e/x", "https://host/x%0a", "ssh://host/~$(id)", `https://host/${"a".repeat(500)}`],
];
const BAD_BRANCHES = [
  ...[
    "",
    "-",
    "--upload-pack=x",
    "-main",
    "a..b",
    "a//b",
    "/a",
    "a/",
    "a.lock",
    "a/.b",
    "a/-b",
    ".a",
    "a.",
    "a b",
  ],
  ...[
    "a~1",
    "a^",
    "a:b",
    "a?b",
    "a*",
    "a[b",
    "a\\b",
    "a@{1}",
    "a\nb",
    "a\0b",
    "$(id)",
    "`id`",
    "a;b",
    "+main",
  ],
];
const BAD_PATHS = [
  "-x",
  "/etc/passwd",
  "../x",
  "a/../b",
  "a//b",
  "./a",
  "a/",
  "a\\b",
  "a\nb",
  "a\0b",
  "a:b",
  "a/-b",
];

Deno.test("accepts only addresses of https and ssh that no program reads as an option", () => {
  assertEquals(BAD_URLS.filter(isGitUrl), []);
  const good = [
    "https://git.example.org/team/shop.git",
    "ssh://git.example.org:2222/~me/shop",
    "https://[::1]:8443/x",
  ];
  assertEquals(good.filter((url) => !isGitUrl(url)), []);
});

Deno.test("accepts only names of branches and paths within the repository", () => {
  assertEquals(BAD_BRANCHES.filter(isBranch), []);
  assertEquals(BAD_PATHS.filter(isRepositoryPath), []);
  assertEquals(["main", "feature/a-1", "release/1.2", "größe"].filter((name) => !isBranch(name)), []);
});

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

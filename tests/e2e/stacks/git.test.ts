/** Stacks from Git over a real ssh server, and beside a container that mounts their files. */
import { findSshd, SSHD_MISSING } from "../../../tools/engine/extras.ts";
import { assertEquals, assertStringIncludes } from "../../assert.ts";
import { freshFolder } from "../../client.ts";
import { FakeRemotes } from "../../git/fake_remotes.ts";
import { GitServer } from "../../git/git_server.ts";
import { FILES } from "../../git/served.ts";
import { SshHost } from "../../git/ssh_host.ts";
import { serveStacks } from "../../stacks/client.ts";
import { docker, realEngines, startContainer } from "../engines.ts";

const [engine] = await realEngines();

const SKIPPED = findSshd() === undefined && !Deno.env.get("CI");

Deno.test({
  name: SKIPPED ? `a stack is fetched by ssh (${SSHD_MISSING})` : "a stack is fetched by ssh",
  ignore: SKIPPED,
  fn: async () => {
    await using repository = await GitServer.open(FILES);
    await using ssh = await SshHost.open();
    const { port, key, knownHosts, username } = ssh;
    const url = `ssh://127.0.0.1:${port}`;
    const changes = {
      data: freshFolder(),
      outbound: { allow: [{ address: "127.0.0.1", port }] },
      gitHosts: [{ url, username, key, knownHosts }],
    };
    await using served = await serveStacks({ changes });
    const { call } = served;
    const pull = async () => (await call("POST", "/stacks/1/git/pull?wait=1")).body;
    const problem = async () => (await call("GET", "/stacks/1")).body.git.error;
    const git = { url: url + repository.work, branch: "main", path: "shop" };
    const created = await call("POST", "/stacks/git?wait=1", { name: "shop", git });
    assertEquals(
      [created.status, created.body.operation?.state],
      [201, "succeeded"],
      JSON.stringify(created),
    );

    const commit = await repository.push({ "shop/app.env": "A=2\n" });
    assertStringIncludes((await pull()).messages.at(-1), `Stack deployed from commit ${commit.slice(0, 12)}`);

    await ssh.accept(false);
    assertStringIncludes((await pull()).error, `127.0.0.1:${port} refuses the login`);
    assertStringIncludes(await problem(), `127.0.0.1:${port} refuses the login`);

    await ssh.trust(false);
    await pull();
    assertStringIncludes(await problem(), `the host key of 127.0.0.1:${port} is not known`);

    await Promise.all([ssh.accept(true), ssh.trust(true)]);
    assertEquals((await pull()).state, "succeeded");
    assertEquals(await problem(), null);
  },
});

Deno.test("a running container reads the files of 100 pulls through its bind mount", async () => {
  const data = freshFolder();
  const remotes = new FakeRemotes(FILES);
  await using served = await serveStacks({ changes: { data }, options: { remotes } });
  const git = { url: "https://git.example.org/shop.git", branch: "main", path: "shop" };
  await served.call("POST", "/stacks/git?wait=1", { name: "shop", git });
  const volume = ["--volume", `${data}/stacks/1/conf:/conf:ro`];
  await using container = await startContainer(engine, "dockstat-e2e-git-mount", volume);
  const read = () => docker(engine, "exec", container.id, "cat", "/conf/web.conf");
  assertEquals(await read(), "one");
  for (let turn = 1; turn <= 100; turn++) {
    remotes.push({ "shop/conf/web.conf": `${turn}\n` });
    assertEquals((await served.call("POST", "/stacks/1/git/pull?wait=1")).body.state, "succeeded");
    if (turn % 20 === 0) assertEquals(await read(), String(turn));
  }
});

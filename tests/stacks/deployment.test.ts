import { assertEquals } from "../assert.ts";
import { freshFolder } from "../client.ts";
import { type ServedStacks, serveStacks } from "./client.ts";

const UP = ["up", "-d", "--remove-orphans"];

/** Deploys a stack and returns the arguments of the runs. */
async function deploy(it: ServedStacks, id: number, query = ""): Promise<(readonly string[])[]> {
  const before = it.compose.runs.length;
  await it.call("POST", `/stacks/${id}/deploy?wait=1${query}`);
  return it.compose.runs.slice(before).map(({ args }) => args);
}

/** Starts a server whose Compose resolves the service "web" to these keys. */
async function served(service: () => object, more: object = {}) {
  const data = freshFolder();
  const it = await serveStacks({ changes: { data } });
  it.compose.hidden = () => ({ services: { web: service() }, ...more });
  return { it, data };
}

Deno.test("a service is built at its first deployment, and again when its build section changes", async () => {
  let dockerfile = "FROM a";
  const { it } = await served(() => ({
    build: { context: "https://example.org/a.git", dockerfile_inline: dockerfile },
  }));
  await using _it = it;
  const id = await it.create("web", { deploy: false });
  assertEquals(await deploy(it, id), [["build", "web"], UP]);
  assertEquals(await deploy(it, id), [UP]);
  dockerfile = "FROM b";
  await it.call("PUT", `/stacks/${id}`, { env: "A=1" });
  assertEquals(await deploy(it, id), [["build", "web"], UP]);
});

Deno.test("a service is built when its context changes", async () => {
  const { it, data } = await served(() => ({}));
  await using _it = it;
  it.compose.hidden = ({ files }) => ({ services: { web: { build: { context: files?.folder } } } });
  const id = await it.create("web", { deploy: false });
  assertEquals(await deploy(it, id), [["build", "web"], UP]);
  assertEquals(await deploy(it, id), [UP]);
  Deno.writeTextFileSync(`${data}/stacks/${id}/Dockerfile`, "FROM a");
  assertEquals(await deploy(it, id), [["build", "web"], UP]);
});

Deno.test("a failed build is repeated", async () => {
  const { it } = await served(() => ({ build: { context: "https://example.org/a.git" } }));
  await using _it = it;
  const id = await it.create("web", { deploy: false });
  it.compose.work = () => Promise.resolve({ code: 1, error: "no" });
  await deploy(it, id);
  it.compose.work = () => Promise.resolve({ code: 0, error: undefined });
  assertEquals(await deploy(it, id), [["build", "web"], UP]);
});

Deno.test("build=1 builds every service, and recreate=1 recreates every container", async () => {
  const { it } = await served(() => ({ image: "busybox:1" }));
  await using _it = it;
  const id = await it.create("web", { deploy: false });
  assertEquals(await deploy(it, id, "&build=1"), [[...UP, "--build"]]);
  assertEquals(await deploy(it, id, "&recreate=1"), [[...UP, "--force-recreate"]]);
});

Deno.test("an option of another command is refused", async () => {
  await using it = await serveStacks();
  const id = await it.create("web", { deploy: false });
  assertEquals((await it.call("POST", `/stacks/${id}/stop?build=1`)).status, 400);
  assertEquals(it.compose.runs, []);
});

const RECREATE = ["up", "-d", "--no-deps", "--force-recreate", "web"];

Deno.test("a service is recreated when the content of a config changes", async () => {
  let content = "pw=old";
  const { it } = await served(() => ({ image: "busybox:1", configs: [{ source: "c" }] }));
  await using _it = it;
  it.compose.hidden = () => ({
    services: { web: { image: "busybox:1", configs: [{ source: "c" }] } },
    configs: { c: { content } },
  });
  const id = await it.create("web", { deploy: false });
  assertEquals([await deploy(it, id), await deploy(it, id)], [[UP], [UP]]);
  content = "pw=new";
  await it.call("PUT", `/stacks/${id}`, { env: "PW=new" });
  assertEquals(await deploy(it, id), [UP, RECREATE]);
  assertEquals(await deploy(it, id), [UP]);
});

Deno.test("a service is recreated when a stored file of its secrets changes", async () => {
  const { it, data } = await served(() => ({ image: "busybox:1", secrets: [{ source: "s" }] }));
  await using _it = it;
  it.compose.hidden = ({ files }) => ({
    services: { web: { image: "busybox:1", secrets: [{ source: "s" }] } },
    secrets: { s: { file: `${files?.folder}/s.txt` } },
  });
  const id = await it.create("web", { deploy: false });
  const put = async (body: string) => {
    const answer = await fetch(`${it.server.url}/stacks/${id}/files/s.txt`, {
      method: "PUT",
      headers: { authorization: "Bearer a-token-for-tests-only" },
      body,
    });
    await answer.body?.cancel();
  };
  await put("one");
  assertEquals([await deploy(it, id), await deploy(it, id)], [[UP], [UP]]);
  await put("two");
  assertEquals(await deploy(it, id), [UP, RECREATE]);
  assertEquals(Deno.readTextFileSync(`${data}/texts/${id}/files/s.txt`), "two");
});

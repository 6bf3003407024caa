/** Tests that secrets appear in no log, URL or error of a server. */
import { assert, assertEquals } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { startProgram } from "../program.ts";

const TOKEN = "tok3n-that-must-never-be-printed";
const PASSWORD = "passw0rd-of-an-engine";

/** Requests with the token in its proper place and in wrong places. */
const REQUESTS: readonly (readonly [path: string, headers: Record<string, string>])[] = [
  ["/docker/hosts", { authorization: `Bearer ${TOKEN}` }],
  ["/docker/hosts", { authorization: `Bearer ${TOKEN}x` }],
  ["/metrics", {}],
  ["/openapi.json", {}],
  ["/asyncapi.json", {}],
  ["/logs?tail=100", { authorization: `Bearer ${TOKEN}` }],
  [`/docker/stats?token=${TOKEN}`, {}],
  [`/docker/stats?container=${TOKEN}!`, {}],
  [`/docker/stats?${TOKEN}=1`, {}],
  [`/${TOKEN}`, {}],
  ["/docker/stats", { origin: `https://${TOKEN}` }],
  ["/docker/stats", { cookie: `dockstat_session=${TOKEN}` }],
];

Deno.test("the token and an engine's password appear in no output of the server", async () => {
  using data = temporaryFolder();
  const env = { DOCKSTAT_TOKEN: TOKEN, DOCKER_HOST: `tcp://me:${PASSWORD}@127.0.0.1:1` };
  await using program = startProgram(["--port", "0", "--data", data.path(""), "--log-level", "debug"], env);
  const url = await program.url();
  await program.logged("Host Localhost is down");
  const texts: string[] = [];
  for (const [path, headers] of REQUESTS) {
    const answer = await fetch(url + path, { headers, redirect: "manual" });
    texts.push([...answer.headers].join("\n"), await answer.text());
  }
  program.kill("SIGTERM");
  assertEquals(await program.status, 0);
  for (const text of [...texts, program.out, program.err]) {
    assert(!text.includes(TOKEN), `the token is in: ${text.slice(0, 500)}`);
    assert(!text.includes(PASSWORD), `the password is in: ${text.slice(0, 500)}`);
  }
});

Deno.test("the refusal of an engine address omits the password", async () => {
  await using program = startProgram(["--port", "0"], { DOCKER_HOST: `foo://me:${PASSWORD}@nas` });
  assertEquals(await program.status, 2);
  assert(!program.err.includes(PASSWORD), program.err);
});

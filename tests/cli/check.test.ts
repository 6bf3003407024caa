import { assertEquals, assertMatch } from "../assert.ts";
import { freshFolder } from "../client.ts";
import { startProgram } from "../program.ts";

Deno.test("check reports what is present and what is missing, with exit code 1", async () => {
  const env = { DOCKER_HOST: "unix:///nonexistent/docker.sock" };
  await using program = startProgram(["check", "--port", "0", "--data", freshFolder()], env);
  assertEquals(await program.status, 1);
  assertMatch(program.out, /^missing {2}engine of Localhost {2}.*ENOENT/m);
  assertMatch(program.out, /^ok {7}data folder/m);
  assertMatch(program.out, /^ok {7}reader of Localhost {2}.*ENOENT/m);
  assertEquals(program.err, "dockstat: Missing: engine of Localhost\n");
});

Deno.test("check reports who shares the origin under a base path", async () => {
  const env = { DOCKER_HOST: "unix:///nonexistent/docker.sock" };
  const args = ["check", "--port", "0", "--data", freshFolder(), "--base-path", "/dockstat"];
  await using program = startProgram(args, env);
  await program.status;
  assertMatch(program.out, /^ok {7}access .*under \/dockstat, every application on the same origin can act/m);
});

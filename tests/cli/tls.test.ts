/** The commands of the terminal against a server with a certificate that names another host. */
import { run } from "../../tools/engine/run.ts";
import { assertEquals, assertMatch, assertStringIncludes } from "../assert.ts";
import { type TemporaryFolder, temporaryFolder } from "../fakes/folder.ts";
import { startProgram } from "../program.ts";

async function certificate(folder: TemporaryFolder, name: string) {
  const [cert, key] = [folder.path(`${name}.pem`), folder.path(`${name}-key.pem`)];
  const subject = ["-newkey", "rsa:2048", "-nodes", "-subj", `/CN=${name}.example.org`];
  await run("openssl", ["req", "-x509", "-days", "2", ...subject, "-keyout", key, "-out", cert]);
  return { DOCKSTAT_TLS_CERT: cert, DOCKSTAT_TLS_KEY: key };
}

Deno.test("commands reach their own server over TLS, and no server with another certificate", async () => {
  using folder = temporaryFolder();
  const data = folder.path("data");
  const tls = await certificate(folder, "own");
  const env = { ...tls, DOCKSTAT_DATA: data, DOCKSTAT_TOKEN: "a-token-for-tests-only" };
  await using server = startProgram(["serve", "--demo", "2", "--port", "0"], env);
  const url = await server.url();
  const { port } = new URL(url);
  assertMatch(url, /^https:/);
  const call = async (args: readonly string[], settings: Record<string, string> = env) => {
    await using program = startProgram([...args, "--port", port], settings);
    return { code: await program.status, out: program.out, err: program.err };
  };
  const stacks = await call(["stacks", "ls"]);
  assertEquals([stacks.code, stacks.err], [0, ""]);
  assertStringIncludes(stacks.out, "shop");
  assertStringIncludes((await call(["logs", "--tail", "5"])).out, "Listening");
  assertStringIncludes((await call(["stats"])).out, "Simulated");
  const checked = await call(["check"], { ...env, DOCKER_HOST: "unix:///nonexistent" });
  assertMatch(checked.out, /^ok {7}port +DockStat runs on 127\.0\.0\.1/m);
  const other = await call(["stacks", "ls"], { ...env, ...await certificate(folder, "other") });
  assertEquals(other.code, 1);
  assertStringIncludes(other.err, "certificate is not the one of --tls-cert");
  const broken = await call(["stacks", "ls"], { ...env, DOCKSTAT_TLS_CERT: env.DOCKSTAT_TLS_KEY });
  assertEquals(broken.code, 2);
});

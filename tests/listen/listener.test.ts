import { serve } from "../../server/serve.ts";
import { AppError } from "../../server/errors.ts";
import { assertEquals, assertRejects, eventually } from "../assert.ts";
import { testConfig } from "../client.ts";
import { FakeEngine } from "../fakes/engine.ts";
import { certificates } from "../fakes/certificates.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { QUICK } from "../fakes/times.ts";

const HOSTS = [{ kind: "docker", id: "Localhost", endpoint: { url: "unix:///none" } }] as const;

Deno.test("serves https and wss, and reloads the certificate when its files change", async () => {
  using first = temporaryFolder();
  using second = temporaryFolder();
  using files = temporaryFolder();
  const [one, other] = [await certificates(first), await certificates(second)];
  const tls = { cert: files.path("cert.pem"), key: files.path("key.pem") };
  const install = async (path: (name: string) => string) => {
    await Deno.copyFile(path("server-key"), tls.key);
    await Deno.copyFile(path("server"), tls.cert);
  };
  await install(one);
  const options = { times: QUICK, openEngine: () => new FakeEngine(), certificateCheckMs: 10 };
  await using server = await serve(testConfig(HOSTS, { tls }), options);
  const trusts = async (path: (name: string) => string) => {
    using client = Deno.createHttpClient({ caCerts: [await Deno.readTextFile(path("ca"))] });
    try {
      const answer = await fetch(`${server.url}/healthz`, { client });
      return (await answer.json()).status === "ok";
    } catch {
      return false;
    }
  };
  assertEquals([server.url.slice(0, 8), await trusts(one), await trusts(other)], ["https://", true, false]);
  await install(other);
  await eventually("the new certificate", () => trusts(other));
  assertEquals(await trusts(one), false);
});

Deno.test("reports both files when the key does not belong to the certificate", async () => {
  using one = temporaryFolder();
  using other = temporaryFolder();
  const [first, second] = [await certificates(one), await certificates(other)];
  const tls = { cert: first("server"), key: second("server-key") };
  const error = await assertRejects(
    () => serve(testConfig(HOSTS, { tls }), { openEngine: () => new FakeEngine() }),
    AppError,
    tls.key,
  );
  assertEquals(error.code, "usage");
});

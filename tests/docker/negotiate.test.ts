import { openEngine } from "../../server/docker/docker_engine.ts";
import { compareVersions } from "../../server/docker/negotiate.ts";
import { assert, assertEquals } from "../assert.ts";
import { startHttpEngine } from "../fakes/http_engine.ts";

const SIGNAL = new AbortController().signal;

const NEGOTIATIONS: readonly (readonly [offered: string, agreed: string, bursts: boolean])[] = [
  ["1.38", "1.38", false],
  ["1.43", "1.43", false],
  ["1.44", "1.44", true],
  ["1.99", "1.51", true],
  ["", "1.24", false],
];

for (const [apiVersion, agreed, bursts] of NEGOTIATIONS) {
  Deno.test(`talks to an engine of API ${apiVersion || "unknown"} in version ${agreed}`, async () => {
    await using fake = startHttpEngine({ apiVersion });
    await using engine = openEngine({ url: fake.url });
    const info = await engine.connect(SIGNAL);
    assertEquals([info.apiVersion, info.bursts, info.product], [agreed, bursts, "Docker 1.2.3"]);
    assertEquals(fake.seen.map(({ path }) => path), ["/_ping", `/v${agreed}/info`]);
  });
}

Deno.test("compares versions numerically", () => {
  assert(compareVersions("1.9", "1.10") < 0);
  assert(compareVersions("2.0", "1.51") > 0);
  assertEquals(compareVersions("1.44", "1.44"), 0);
});

Deno.test("detects Podman by its headers and measures its CPU time against the clock", async () => {
  await using fake = startHttpEngine({ apiVersion: "1.41", headers: { "libpod-api-version": "5.0.0" } });
  await using engine = openEngine({ url: fake.url });
  const info = await engine.connect(SIGNAL);
  assertEquals([info.product, info.cpuClock, info.bursts], ["Podman 1.2.3", "clock", true]);
});

Deno.test("cuts a version that is too long to repeat", async () => {
  const ServerVersion = "1".repeat(100_000);
  await using fake = startHttpEngine({ answers: { "/info": () => Response.json({ ServerVersion }) } });
  await using engine = openEngine({ url: fake.url });
  assertEquals((await engine.connect(SIGNAL)).product, `Docker ${"1".repeat(40)}`);
});

/** Paths of images, volumes and networks with generated ids, which reach their own route and remove nothing. */
import fc from "fast-check";
import { assert, assertEquals } from "../assert.ts";
import { testConfig, TOKEN } from "../client.ts";
import { idOf } from "../fakes/engine.ts";
import { imageId, rawImage, rawNetwork, rawVolume } from "../fakes/resources/resource_engine.ts";
import { type ServedResources, serveResources } from "../resources/served.ts";

const SEED = 20_261_127;
const COUNT = 10_000;
/** Requests at once. */
const PARALLEL = 16;
/** Requests that a removal begins with; an id must cause no other. */
const READS: ReadonlySet<string> = new Set([
  "/containers/json?all=1",
  "/images/json",
  "/volumes",
  "/networks",
  "/system/df?type=image&type=volume&type=container",
]);

/** Texts that mean something to an engine, or to a parser of addresses. */
const parts = fc.constantFrom(
  "../../volumes/prune",
  "../prune",
  "prune",
  "json",
  "..",
  "/",
  "%2e%2e%2f",
  "?force=1",
  "&force=true",
  "#",
  "data",
  "base",
  ":latest",
  "sha256:",
  idOf("base").slice(0, 11),
  imageId("base").toUpperCase(),
  "\0",
  "\r\nDELETE /volumes/data HTTP/1.1\r\n\r\n",
  "__proto__",
  "constructor",
  "%",
  "%zz",
);
const NAMES = new RegExp(`^(data|back|base(:latest|:1)?|(sha256:)?${idOf("base")}|${idOf("back")})$`);
const text = fc.array(fc.oneof(parts, fc.string({ unit: "binary", maxLength: 8 })), {
  minLength: 1,
  maxLength: 4,
})
  .map((all) => all.join("").toWellFormed())
  .filter((id) => !NAMES.test(id));
const path = fc.record({
  kind: fc.constantFrom("images", "volumes", "networks"),
  host: fc.oneof({ weight: 4, arbitrary: fc.constant("Localhost") }, { weight: 1, arbitrary: text }),
  id: text,
  twice: fc.boolean(),
  query: fc.constantFrom("", "?wait=1", "?dryRun=1", "?dryRun=1&wait=1"),
}).map(({ kind, host, id, twice, query }) => {
  const encoded = encodeURIComponent(id);
  return `/${kind}/${encodeURIComponent(host)}/${twice ? encodeURIComponent(encoded) : encoded}${query}`;
});

async function statusesOf(it: ServedResources, paths: readonly string[]): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  const rest = paths.values();
  await Promise.all(Array.from({ length: PARALLEL }, async () => {
    for (const one of rest) {
      const headers = { authorization: `Bearer ${TOKEN}` };
      const answer = await fetch(it.server.url + one, { method: "DELETE", headers });
      await answer.body?.cancel();
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    }
  }));
  return statuses;
}

for (const readOnly of [false, true]) {
  Deno.test(`${COUNT} generated ids remove nothing${readOnly ? ", also with --read-only" : ""}`, async () => {
    const { access } = testConfig([]);
    await using it = await serveResources({ access: { ...access, readOnly } });
    it.resources.raw = {
      containers: [],
      images: [rawImage("base", ["base:1", "base:latest"])],
      volumes: [rawVolume("data")],
      networks: [rawNetwork("back")],
    };
    const statuses = await statusesOf(it, fc.sample(path, { numRuns: COUNT, seed: SEED }));
    const other = it.resources.sent.filter(({ method, path }) => method !== "GET" || !READS.has(path));
    assertEquals(other, []);
    assertEquals((await it.call("GET", "/operations")).body, []);
    // 400, 404 and 405 for paths that the client resolves to another one, 409 while another request looks.
    const allowed = readOnly ? [400, 403, 404, 405] : [400, 404, 405, 409];
    assert([...statuses.keys()].every((status) => allowed.includes(status)), JSON.stringify([...statuses]));
    assert((statuses.get(readOnly ? 403 : 404) ?? 0) > COUNT / 3, JSON.stringify([...statuses]));
  });
}

Deno.test("ids of the engine that are not in its grammar never become a part of a path", async () => {
  await using it = await serveResources();
  const odd = ["../prune", "prune?all=1", "a/../../containers/web", "%2e%2e/prune"];
  it.resources.raw = {
    containers: [],
    images: odd.map((name) => rawImage("base", [name], { Id: name })),
    volumes: odd.map((name) => rawVolume(name)),
    networks: odd.map((name) => rawNetwork("back", { Id: name })),
  };
  const kinds = ["container", "image", "network", "volume"] as const;
  const { body } = await it.prune({ kinds: [...kinds], dryRun: true });
  assertEquals(body.items, []);
});

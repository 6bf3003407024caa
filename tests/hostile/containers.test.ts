/** Paths of containers with generated ids, which reach their own route and no request to the engine. */
import fc from "fast-check";
import { CONTAINER_COMMAND_NAMES } from "../../server/protocol/container_commands.ts";
import { assert, assertEquals } from "../assert.ts";
import { testConfig, TOKEN } from "../client.ts";
import { fakeContainer, FakeEngine, idOf } from "../fakes/engine.ts";
import { serveStacks } from "../stacks/client.ts";

const SEED = 20_261_126;
const COUNT = 10_000;
/** Requests at once. */
const PARALLEL = 16;

interface Attack {
  readonly method: string;
  readonly path: string;
}

/** Texts that mean something to an engine, a shell, or a parser of addresses. */
const parts = fc.constantFrom(
  "..",
  "../../volumes/prune",
  "/../../images/prune",
  "%2e%2e%2f",
  "?force=1",
  "#",
  "json",
  "web/json",
  "/web",
  "web",
  idOf("web"),
  idOf("web").slice(0, 11),
  idOf("web").toUpperCase(),
  "\0",
  "\r\nDELETE /containers/web HTTP/1.1\r\n\r\n",
  ";",
  "__proto__",
  "%",
  "%zz",
  " ",
);
const text = fc.array(fc.oneof(parts, fc.string({ unit: "binary", maxLength: 8 })), {
  minLength: 1,
  maxLength: 4,
})
  .map((all) => all.join(""))
  // Names of the container itself.
  .filter((id) => !new RegExp(`^(web|${idOf("web").slice(0, 12)}[0-9a-f]*)$`).test(id));

/** Encodes a text once, or twice, or all of its bytes. */
const segment = fc.tuple(text.map((id) => id.toWellFormed()), fc.constantFrom(1, 2, 3)).map(([id, way]) => {
  const once = encodeURIComponent(id);
  if (way === 3) {
    return [...new TextEncoder().encode(id)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  }
  return way === 2 ? encodeURIComponent(once) : once;
});

const attack: fc.Arbitrary<Attack> = fc.record({
  method: fc.constantFrom("GET", "DELETE", "PATCH", ...CONTAINER_COMMAND_NAMES),
  host: fc.oneof({ weight: 4, arbitrary: fc.constant("Localhost") }, { weight: 1, arbitrary: segment }),
  id: segment,
  query: fc.constantFrom("", "?wait=1"),
}).map(({ method, host, id, query }) => {
  const path = `/containers/${host}/${id}`;
  const isCommand = CONTAINER_COMMAND_NAMES.some((name) => name === method);
  if (isCommand) return { method: "POST", path: `${path}/${method}${query}` };
  return { method, path: method === "GET" ? path : path + query };
});

/** Sends all requests, and returns how often each status occurred. */
async function statusesOf(url: string, attacks: readonly Attack[]): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  const rest = attacks.values();
  const body = JSON.stringify({ restartPolicy: "no" });
  await Promise.all(Array.from({ length: PARALLEL }, async () => {
    for (const { method, path } of rest) {
      const answer = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
        ...method === "PATCH" ? { body } : {},
      });
      await answer.body?.cancel();
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    }
  }));
  return statuses;
}

for (const readOnly of [false, true]) {
  Deno.test(`${COUNT} generated ids reach no engine${readOnly ? ", also with --read-only" : ""}`, async () => {
    const engine = new FakeEngine(fakeContainer("web"));
    const { access } = testConfig([]);
    await using it = await serveStacks({ engine, changes: { access: { ...access, readOnly } } });
    const attacks = fc.sample(attack, { numRuns: COUNT, seed: SEED });
    const statuses = await statusesOf(it.server.url, attacks);
    assertEquals(engine.sent, []);
    assertEquals((await it.call("GET", "/operations")).body, []);
    // 405 and 400 for segments of dots, which the client resolves to another path.
    const allowed = readOnly ? [403, 404, 405, 400] : [404, 405, 400];
    assert([...statuses.keys()].every((status) => allowed.includes(status)), JSON.stringify([...statuses]));
    assert((statuses.get(readOnly ? 403 : 404) ?? 0) > COUNT / 2, JSON.stringify([...statuses]));
  });
}

Deno.test("the generated requests would reach the engine with the container's own id", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using it = await serveStacks({ engine });
  const own = CONTAINER_COMMAND_NAMES.map((name) => ({
    method: "POST",
    path: `/containers/Localhost/${idOf("web").slice(0, 12)}/${name}?wait=1`,
  }));
  for (const one of own) await statusesOf(it.server.url, [one]);
  assertEquals(engine.sent.length, own.length);
});

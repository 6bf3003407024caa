/** Tests with generated names and texts, which are stored byte for byte or refused, and touch nothing else. */
import fc from "fast-check";
import * as v from "valibot";
import { Problem } from "../../server/protocol/problem.ts";
import { STACK_NAME } from "../../server/protocol/stack_requests.ts";
import { assert, assertEquals } from "../assert.ts";
import { freshFolder } from "../client.ts";
import { serveStacks } from "../stacks/client.ts";

const SEED = 20_260_801;

const name = fc.oneof(
  fc.constantFrom(
    "..",
    "../x",
    "a/b",
    "a\\b",
    "-a",
    "_a",
    "a b",
    "",
    "CON",
    "a\0",
    "%2e%2e",
    "a".repeat(63),
    "a".repeat(64),
  ),
  fc.string({ unit: "binary", maxLength: 70 }),
  fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,62}$/),
);
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.constantFrom(
    "",
    "A=pa$$word\r\n",
    "\ufeffA=1",
    "\0",
    "A='x\n",
    "services: {a: {image: x}}",
    "services:\r\n  a: {image: x}",
  ),
);
const compose = fc.oneof(
  text,
  fc.string({ unit: "binary", maxLength: 80 }).map((content) =>
    JSON.stringify({ services: { a: { image: content } } })
  ),
);

/** Lists everything below a folder, by path. */
function* below(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* below(`${folder}/${name}`);
    yield `${folder}/${name}`;
  }
}

Deno.test("2,500 stacks with generated names and texts are stored byte for byte, or refused with a reason", async () => {
  const outer = freshFolder();
  const data = `${outer}/inner/data`;
  await using it = await serveStacks({ changes: { data } });
  await fc.assert(
    fc.asyncProperty(name, compose, text, async (name, compose, env) => {
      const { status, body } = await it.call("POST", "/stacks", { name, compose, env, deploy: false });
      if (status !== 201) {
        assert([400, 409, 422].includes(status), `${status} ${JSON.stringify(body)}`);
        assert(v.is(Problem, body), JSON.stringify(body));
        return;
      }
      assert(STACK_NAME.test(name), name);
      assertEquals((await it.call("GET", `/stacks/${body.stack_id}/compose`)).body, { compose, env });
      await it.call("DELETE", `/stacks/${body.stack_id}?wait=1`);
    }),
    { numRuns: 2500, seed: SEED },
  );
  const outside = [...below(outer)].filter((path) =>
    !path.startsWith(`${data}/`) && path !== data && path !== `${outer}/inner`
  );
  assertEquals(outside, []);
  assertEquals([...below(`${data}/stacks`)], []);
});

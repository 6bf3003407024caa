/** Generated folders of stacks: no operation loses a byte that a user or a container has written. */
import fc from "fast-check";
import { assert, assertEquals } from "../assert.ts";
import { freshFolder, TOKEN } from "../client.ts";
import { COMPOSE, type ServedStacks, serveStacks } from "../stacks/client.ts";

const SEED = 20_261_126;
/** Number of generated folders. */
const COUNT = Number(Deno.env.get("DOCKSTAT_TEST_FOLDERS") ?? 25);

const segment = fc.constantFrom(
  "a",
  "b",
  "data",
  "conf",
  "compose.yaml",
  ".env",
  "app.env",
  ".hidden",
  "ü",
  "x y",
);
const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((names) => names.join("/"));

/** One thing that happens to a stack: a user writes a file, DockStat stores or deletes one, or a command runs. */
const step = fc.oneof(
  fc.record({ kind: fc.constant("user" as const), path, text: fc.string({ maxLength: 9 }) }),
  fc.record({ kind: fc.constant("put" as const), path, text: fc.string({ maxLength: 9 }) }),
  fc.record({ kind: fc.constant("delete" as const), path }),
  fc.record({
    kind: fc.constantFrom("deploy" as const, "stop" as const, "update" as const, "save" as const),
  }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Sends a request about a file, and returns whether it was accepted. */
async function file(
  it: ServedStacks,
  method: string,
  id: number,
  path: string,
  body?: string,
): Promise<boolean> {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const response = await fetch(`${it.server.url}/stacks/${id}/files/${encoded}`, {
    method,
    headers: { authorization: `Bearer ${TOKEN}` },
    ...body === undefined ? {} : { body },
  });
  await response.body?.cancel();
  return response.ok;
}

/** Writes a file as a user or a container would, unless something is in its way. */
async function write(full: string, text: string): Promise<boolean> {
  try {
    await Deno.mkdir(full.slice(0, full.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(full, text);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotADirectory || error instanceof Deno.errors.IsADirectory) return false;
    if (error instanceof Deno.errors.AlreadyExists) return false;
    throw error;
  }
}

/** Does one step; `written` has what a user wrote last and DockStat has not replaced since on request. */
async function take(it: ServedStacks, id: number, folder: string, one: Step, written: Map<string, string>) {
  switch (one.kind) {
    case "user":
      if (await write(`${folder}/${one.path}`, one.text)) written.set(one.path, one.text);
      return;
    case "put":
      // Replacing a file is what the request asks for.
      if (await file(it, "PUT", id, one.path, one.text)) written.delete(one.path);
      return;
    case "delete":
      if (await file(it, "DELETE", id, one.path)) written.delete(one.path);
      return;
    case "save":
      await it.call("PUT", `/stacks/${id}`, { env: `A=${Math.random()}` });
      return;
    default:
      await it.call("POST", `/stacks/${id}/${one.kind}?wait=1`);
  }
}

Deno.test(`${COUNT} generated folders keep every byte that a user has written`, async () => {
  const data = freshFolder();
  await using it = await serveStacks({ changes: { data } });
  let number = 0;
  const property = fc.asyncProperty(
    fc.array(step, { minLength: 1, maxLength: 12 }),
    fc.constantFrom("", "&volumes=1"),
    async (steps, query) => {
      const id = await it.create(`s${number++}`, { compose: COMPOSE, deploy: false });
      const folder = `${data}/stacks/${id}`;
      const written = new Map<string, string>();
      for (const one of steps) await take(it, id, folder, one, written);
      const preview = (await it.call("DELETE", `/stacks/${id}?dryRun=1`)).body;
      const { body } = await it.call("DELETE", `/stacks/${id}?wait=1${query}`);
      assertEquals(body.state, "succeeded", body.error);
      assertEquals(body.kept, preview.files.kept);
      for (const [path, text] of written) {
        const full = `${folder}/${path}`;
        const isSame = preview.files.deleted.includes(full);
        if (!isSame) assertEquals(await Deno.readTextFile(full), text, full);
      }
      for (const path of preview.files.deleted) {
        assert(!await Deno.lstat(path).then(() => true, () => false), path);
      }
    },
  );
  await fc.assert(property, { seed: SEED, numRuns: COUNT });
});

import { contextDigest } from "../../../server/stacks/run/context_digest.ts";
import { assertEquals, assertNotEquals } from "../../assert.ts";
import { temporaryFolder } from "../../fakes/folder.ts";

Deno.test("an unchanged context has the same digest", async () => {
  using folder = temporaryFolder({ Dockerfile: "FROM a", "src/a.ts": "1" });
  assertEquals(await contextDigest(folder.path("")), await contextDigest(folder.path("")));
});

for (
  const [what, change] of [
    ["a changed file", (path: string) => Deno.writeTextFileSync(`${path}/src/a.ts`, "22")],
    ["a new file", (path: string) => Deno.writeTextFileSync(`${path}/src/b.ts`, "")],
    ["a removed file", (path: string) => Deno.removeSync(`${path}/src/a.ts`)],
    ["another mode", (path: string) => Deno.chmodSync(`${path}/src/a.ts`, 0o700)],
  ] as const
) {
  Deno.test(`a context with ${what} has another digest`, async () => {
    using folder = temporaryFolder({ Dockerfile: "FROM a", "src/a.ts": "1" });
    const before = await contextDigest(folder.path(""));
    change(folder.path(""));
    assertNotEquals(await contextDigest(folder.path("")), before);
  });
}

Deno.test("the history of Git does not count", async () => {
  using folder = temporaryFolder({ Dockerfile: "FROM a", ".git/HEAD": "1" });
  const before = await contextDigest(folder.path(""));
  Deno.writeTextFileSync(folder.path(".git/HEAD"), "22");
  assertEquals(await contextDigest(folder.path("")), before);
});

Deno.test("a link out of the context is not followed", async () => {
  using folder = temporaryFolder({ Dockerfile: "FROM a" });
  Deno.symlinkSync("/", folder.path("root"));
  assertNotEquals(await contextDigest(folder.path("")), undefined);
});

Deno.test("a missing context has no digest", async () => {
  assertEquals(await contextDigest("/nonexistent/context"), undefined);
});

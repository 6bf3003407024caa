import { AppError } from "../../server/errors.ts";
import { sameSecret } from "../../server/access/credentials.ts";
import { loadToken } from "../../server/access/token.ts";
import { assert, assertEquals, assertMatch, assertRejects } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";

Deno.test("creates the token once, from 32 random bytes, readable by its owner only", async () => {
  using folder = temporaryFolder();
  const data = folder.path("data");
  const token = await loadToken(data);
  assertMatch(token, /^[A-Za-z0-9_-]{43}$/);
  assertEquals(await loadToken(data), token);
  assertEquals((await Deno.stat(`${data}/token`)).mode! & 0o777, 0o600);
  assertEquals([...Deno.readDirSync(data)].map(({ name }) => name), ["token"]);
});

Deno.test("reports a data folder that cannot be used", async () => {
  using folder = temporaryFolder({ file: "" });
  await assertRejects(() => loadToken(folder.path("file/below")), AppError, "choose a folder with --data");
});

Deno.test("compares secrets as a whole", () => {
  assert(sameSecret("abc", "abc"));
  for (const other of ["", "ab", "abd", "abcd", "bbc"]) assert(!sameSecret(other, "abc"));
});

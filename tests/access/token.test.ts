import { AppError } from "../../server/errors.ts";
import { sameSecret } from "../../server/access/credentials.ts";
import { AccessToken, checkToken, loadToken, storeToken } from "../../server/access/token.ts";
import { assert, assertEquals, assertMatch, assertRejects, assertThrows } from "../assert.ts";
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

for (
  const [given, what] of [["short", "is too short"], ["with a space in it", "has spaces"], [
    "ümlaut-is-not-ascii",
    "is not ASCII",
  ]] as const
) {
  Deno.test(`refuses a given token that ${what}, without repeating it`, () => {
    const error = assertThrows(() => checkToken(given, "--token"), AppError, "--token: expected a token");
    assertEquals([error.code, error.message.includes(given)], ["usage", false]);
  });
}

Deno.test("a rotated token replaces the old one, is stored, and aborts the signal of the old one", async () => {
  using folder = temporaryFolder();
  const data = folder.path("data");
  const old = await loadToken(data);
  const token = new AccessToken(old, (text) => storeToken(data, text));
  const { signal } = token;
  const text = await token.rotate();
  const matches = (secret: string) => token.matches({ kind: "bearer", secret });
  assertEquals([matches(old), matches(text), signal.aborted, token.signal.aborted], [
    false,
    true,
    true,
    false,
  ]);
  assertEquals(await loadToken(data), text);
});

Deno.test("a token that cannot be stored stays valid", async () => {
  const token = new AccessToken(
    "0123456789abcdef",
    () => Promise.reject(new AppError("failed", "disk full")),
  );
  await assertRejects(() => token.rotate(), AppError, "disk full");
  assertEquals([token.text, token.signal.aborted], ["0123456789abcdef", false]);
});

Deno.test("a token that was given by flag or variable is not rotated", async () => {
  const token = new AccessToken("0123456789abcdef", undefined);
  const error = await assertRejects(() => token.rotate(), AppError, "Change it there and restart");
  assertEquals([error.code, token.text], ["forbidden", "0123456789abcdef"]);
});

Deno.test("the token is not accepted as a ticket", () => {
  const token = new AccessToken("0123456789abcdef", undefined);
  assert(!token.matches({ kind: "ticket", secret: "0123456789abcdef" }));
});

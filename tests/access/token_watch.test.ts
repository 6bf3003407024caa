import { AccessToken, storeToken } from "../../server/access/token.ts";
import { TokenWatch } from "../../server/access/token_watch.ts";
import { assertEquals, eventually } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";

/** A token in a folder, with a short interval. */
async function scene() {
  const folder = temporaryFolder();
  const data = folder.path("data");
  await storeToken(data, "the-first-token-of-all");
  const token = new AccessToken("the-first-token-of-all", undefined);
  const ended: (string | undefined)[] = [];
  const watch = new TokenWatch(data, token, { endAll: (text) => void ended.push(text) }, 1);
  return {
    data,
    token,
    ended,
    async [Symbol.asyncDispose]() {
      await watch[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

Deno.test("a token that is replaced in its file ends the old one and all sessions", async () => {
  await using it = await scene();
  const before = it.token.signal;
  await storeToken(it.data, "the-second-token-of-all");
  await eventually("the end of the sessions", () => it.ended.length > 0);
  assertEquals([before.aborted, it.token.signal.aborted, it.ended], [true, false, [
    "the-second-token-of-all",
  ]]);
  assertEquals(it.token.matches({ kind: "bearer", secret: "the-first-token-of-all" }), false);
  assertEquals(it.token.matches({ kind: "bearer", secret: "the-second-token-of-all" }), true);
});

Deno.test("an empty or missing file changes nothing", async () => {
  await using it = await scene();
  Deno.writeTextFileSync(`${it.data}/token`, "\n");
  Deno.removeSync(`${it.data}/token`);
  await storeToken(it.data, "the-second-token-of-all");
  await eventually("the end of the sessions", () => it.ended.length > 0);
  assertEquals(it.ended, ["the-second-token-of-all"]);
});

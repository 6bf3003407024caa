import { assert, assertEquals } from "@std/assert";
import { Session, tokenOf } from "../../src/lib/session.ts";

/** A storage in memory. */
class MemoryStorage {
  readonly items = new Map<string, string>();
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
}

Deno.test("a session outlives the page", () => {
  const storage = new MemoryStorage();
  new Session(storage).start("s3cret");
  assertEquals(new Session(storage).secret.value, "s3cret");
});

Deno.test("an ended session is forgotten", () => {
  const storage = new MemoryStorage();
  const session = new Session(storage);
  session.start("s3cret");
  session.end();
  assertEquals([session.headers(), session.protocols(), storage.items.size], [{}, ["dockstat.v1"], 0]);
});

Deno.test("a session is sent as Bearer, and as a subprotocol in base64url", () => {
  const session = new Session(undefined);
  session.start("a+b/?~");
  assertEquals(session.headers(), { authorization: "Bearer a+b/?~" });
  assertEquals(session.protocols(), ["dockstat.v1", "token.YStiLz9-"]);
});

Deno.test("a browser that refuses its storage keeps the session as long as the page", () => {
  const refuse = () => {
    throw new Error("denied");
  };
  const session = new Session({ getItem: refuse, setItem: refuse, removeItem: refuse });
  session.start("s3cret");
  assertEquals(session.secret.value, "s3cret");
  session.end();
  assertEquals(session.secret.value, undefined);
});

Deno.test("the token of a printed link is read from the fragment, with the view behind it", () => {
  assertEquals(tokenOf("#token=abc"), { token: "abc", rest: "" });
  assertEquals(tokenOf("#token=a%2Bc#/stacks/12"), { token: "a+c", rest: "#/stacks/12" });
});

Deno.test("any other fragment has no token", () => {
  for (const hash of ["", "#", "#/stacks", "#/token=abc", "#token=", "#token=%zz"]) {
    assert(tokenOf(hash) === undefined, hash);
  }
});

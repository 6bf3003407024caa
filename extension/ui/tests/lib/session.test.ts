import { assert, assertEquals } from "@std/assert";
import { type PageStorages, Session, sessionStorageOf, tokenOf } from "../../src/lib/session.ts";

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

/** A page whose storages are kept in memory. */
function page(): PageStorages & Readonly<Record<keyof PageStorages, MemoryStorage>> {
  const storages = { localStorage: new MemoryStorage(), sessionStorage: new MemoryStorage() };
  return storages as unknown as PageStorages & typeof storages;
}

Deno.test("at the root of an origin the session is kept in localStorage", () => {
  const storages = page();
  new Session(sessionStorageOf(storages, "http://127.0.0.1:9876/")).start("s3cret");
  assertEquals([storages.localStorage.items.size, storages.sessionStorage.items.size], [1, 0]);
});

Deno.test("under a path the session is kept in sessionStorage for 12 hours", () => {
  const storages = page();
  let now = 1_000_000;
  const open = () => new Session(sessionStorageOf(storages, "https://example.org/dockstat/", () => now));
  open().start("s3cret");
  now += 12 * 3_600_000 - 1;
  assertEquals([open().secret.value, storages.localStorage.items.size], ["s3cret", 0]);
  now += 1;
  assertEquals([open().secret.value, storages.sessionStorage.items.size], [undefined, 0]);
});

Deno.test("under a path an ended session leaves nothing in the storage", () => {
  const storages = page();
  const session = new Session(sessionStorageOf(storages, "https://example.org/dockstat/"));
  session.start("s3cret");
  session.end();
  assertEquals(storages.sessionStorage.items.size, 0);
});

Deno.test("a page without storages keeps its session in memory", () => {
  const blocked = {
    get localStorage(): Storage {
      throw new Error("denied");
    },
    get sessionStorage(): Storage {
      throw new Error("denied");
    },
  };
  assertEquals(sessionStorageOf(blocked, "http://127.0.0.1:9876/"), undefined);
  assertEquals(sessionStorageOf(blocked, "http://127.0.0.1:9876/dockstat/"), undefined);
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

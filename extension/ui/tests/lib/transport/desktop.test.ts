import { TestPage } from "../../dom.ts";
import { assertEquals } from "../../../../../tests/assert.ts";
import { desktopClient } from "../../../src/lib/transport/desktop.ts";

function withClient(client: unknown) {
  Object.defineProperty(globalThis, "ddClient", { configurable: true, value: client });
  try {
    return desktopClient();
  } finally {
    Reflect.deleteProperty(globalThis, "ddClient");
  }
}

Deno.test("a plain browser has no client of Docker Desktop", async () => {
  await using _page = new TestPage();
  assertEquals(desktopClient(), undefined);
});

Deno.test("uses Docker Desktop's client when it has the extension's service", async () => {
  await using _page = new TestPage();
  const client = { extension: { vm: { service: {} } } };
  assertEquals(withClient(client) as unknown, client);
});

Deno.test("ignores a client without a service", async () => {
  await using _page = new TestPage();
  assertEquals(withClient({ extension: { vm: {} } }), undefined);
  assertEquals(withClient({}), undefined);
});

import { hrefTo, parseRoute } from "../../src/lib/route.ts";
import { assertEquals } from "../../../../tests/assert.ts";

Deno.test("an address is read as it was written, whatever the names hold", () => {
  assertEquals(parseRoute(hrefTo("containers", "my/host", "a b")), ["containers", "my/host", "a b"]);
});

Deno.test("an address that was typed wrong is taken as it stands", () => {
  assertEquals(parseRoute("#/stacks/%zz"), ["stacks", "%zz"]);
});

import { suggest } from "../../server/cli/suggest.ts";
import { assertEquals } from "../assert.ts";

Deno.test("suggests a name that is close", () => {
  assertEquals(suggest("strat", ["start", "stop"]), "did you mean start? ");
  assertEquals(suggest("prot", ["port"], "--"), "did you mean --port? ");
});

Deno.test("suggests nothing for a name that is not close, and without names", () => {
  assertEquals(suggest("nonsense", ["start", "stop"]), "");
  assertEquals(suggest("rx", ["ls"]), "");
  assertEquals(suggest("web", []), "");
});

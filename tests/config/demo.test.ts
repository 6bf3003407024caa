import { resolveConfig } from "../../server/config/config.ts";
import { assertEquals } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";

Deno.test("a demo collects history without viewers, unless the file says otherwise", async () => {
  using folder = temporaryFolder({ "none.yaml": "", "never.yaml": "history: { always: false }\n" });
  const historyOf = async (name: string) =>
    (await resolveConfig({ demo: "", config: folder.path(name) }, {}, "linux")).history.always;
  assertEquals([await historyOf("none.yaml"), await historyOf("never.yaml")], [true, false]);
});

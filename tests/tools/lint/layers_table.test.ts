import { placeOf } from "../../../tools/lint/layers_table.ts";
import { assert, assertEquals } from "../../assert.ts";

Deno.test("ARCHITECTURE.md gives the layer of each folder and file of the server", async () => {
  const text = await Deno.readTextFile(new URL("../../../ARCHITECTURE.md", import.meta.url));
  const rows = [...text.matchAll(/^\| (\d+) +\| (`.*?) +\| /gm)];
  assert(rows.length > 30);
  for (const [, layer, cell] of rows) {
    const paths = [...cell!.matchAll(/`([^`]+)`/g)].map(([, path]) => path!);
    for (const path of paths.filter((path) => path !== "server/" && !path.includes("{"))) {
      const file = path.endsWith("/") ? `${path}a.ts` : path;
      assertEquals(placeOf(file)?.layer, Number(layer), path);
    }
  }
});

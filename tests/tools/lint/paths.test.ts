import { assertEquals } from "../../assert.ts";
import { pathIn, resolveIn, ROOT_URL } from "../../../tools/lint/paths.ts";

Deno.test("finds the root of the repository", async () => {
  assertEquals(
    JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT_URL))).name,
    "@dockstat/dockstat",
  );
});

Deno.test("makes paths relative to the root on Windows too", () => {
  assertEquals(pathIn("/c:/code/dockstat/", "C:\\code\\dockstat\\server\\hub.ts"), "server/hub.ts");
  assertEquals(pathIn("C:\\code\\dockstat", "c:\\code\\dockstat\\mod.ts"), "mod.ts");
  assertEquals(pathIn("/home/dockstat", "/home/dockstat/mod.ts"), "mod.ts");
});

Deno.test("has no path for files outside the root", () => {
  assertEquals(pathIn("/home/dockstat/", "/home/dockstat-2/mod.ts"), undefined);
  assertEquals(pathIn("C:\\dockstat", "D:\\dockstat\\mod.ts"), undefined);
});

Deno.test("resolves relative specifiers within the repository", () => {
  assertEquals(resolveIn("server/stats/a.ts", "../hub.ts?x#y"), "server/hub.ts");
  assertEquals(resolveIn("server/a%b/a#.ts", "./b.ts"), "server/a%b/b.ts");
  assertEquals(resolveIn("mod.ts", "./server/%68ub.ts"), "server/hub.ts");
  assertEquals(resolveIn("mod.ts", "../server/hub.ts"), undefined);
});

import { assertEquals } from "../../assert.ts";
import { checkDocument, checkText, isText } from "../../../tools/lint/documents.ts";
import { checkFolders } from "../../../tools/lint/folders.ts";
import { checkImportMap } from "../../../tools/lint/import_map.ts";
import { parsePhrases } from "../../../tools/lint/phrases.ts";

const phrases = parsePhrases("\\bread anew\\b => again");
const lines = (markdown: string) => checkDocument(phrases, "README.md", markdown).map(({ line }) => line);

Deno.test("finds phrases of a document with their lines", () => {
  assertEquals(lines("# A\n\nIt is read anew.\n\nB\nand read anew\n"), [3, 6]);
  assertEquals(lines("It is read\nanew.\n"), [1]);
  assertEquals(lines("| a | read anew |\n| - | - |\n| read anew | b |\n- c\n- read anew\n"), [1, 3, 5]);
});

Deno.test("ignores code in a document", () => {
  assertEquals(lines("```sh\nread anew\n```\n\n`read anew`\n\nread anew\n"), [7]);
});

Deno.test("finds phrases in comments of other texts, also those that run over a line end", () => {
  const found = checkText(
    phrases,
    "compose.yaml",
    "# A file that is read\n# anew.\nname: a\n  # read anew\n",
  );
  assertEquals(found.map(({ line }) => line), [1, 4]);
});

Deno.test("checks the texts that users and maintainers read", () => {
  const texts = [
    "Dockerfile",
    "compose.yaml",
    "deno.json",
    "extension/dockstat",
    ".github/workflows/ci.yml",
    ".ci/run",
  ];
  assertEquals(texts.filter(isText), texts);
  assertEquals(["deno.lock", "mod.ts", "README.md", "extension/dockstat.ts"].filter(isText), []);
});

const files = (folder: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${folder}a${at}.ts`);

Deno.test("permits 20 files in a folder, and 16 in server", () => {
  assertEquals(
    checkFolders([...files("server/stats/", 20), ...files("server/", 16), "server/stats/a.txt"]),
    [],
  );
  assertEquals(checkFolders(files("server/stats/", 21)), [
    { path: "server/stats/", message: "A folder of 21 files: at most 20 are allowed" },
  ]);
  assertEquals(checkFolders(files("server/", 17)).length, 1);
});

Deno.test("permits any number of routes and contracts", () => {
  assertEquals(checkFolders([...files("server/routes/", 30), ...files("server/contracts/", 30)]), []);
});

Deno.test("accepts only packages in import maps", () => {
  const check = (config: unknown) => checkImportMap("deno.json", JSON.stringify(config)).length;
  assertEquals(check({ imports: { "a": "npm:a@1", "b": "jsr:@b/b@1" } }), 0);
  assertEquals(check({}), 0);
  assertEquals(check({ imports: { "a": "./server/app.ts", "b/": "/x/", "c": "file:///x/c.ts" } }), 3);
  assertEquals(check({ scopes: { "./server/": { "a": "./a.ts" } } }), 1);
  assertEquals(check({ importMap: "./map.json" }), 1);
});

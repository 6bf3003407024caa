import { readFolder, realPath } from "../../../server/cli/stacks/folder_files.ts";
import { AppError } from "../../../server/errors.ts";
import { assertEquals, assertRejects } from "../../assert.ts";
import { temporaryFolder } from "../../fakes/folder.ts";

Deno.test("reads regular files at all levels, in order, without .git and the given texts", async () => {
  using folder = temporaryFolder({
    "stack.yml": "services: {}",
    "own.env": "A=1",
    "b/c/d.txt": "deep",
    "a.txt": "a",
    "b/.git/HEAD": "x",
    ".gitignore": "y",
  });
  const texts = await Promise.all(["stack.yml", "own.env"].map((name) => realPath(folder.path(name))));
  const { files, skipped } = await readFolder(folder.path(""), texts);
  assertEquals([...files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]), [
    [".gitignore", "y"],
    ["a.txt", "a"],
    ["b/c/d.txt", "deep"],
  ]);
  assertEquals(skipped, []);
});

Deno.test("skips links and the names that Compose reads by default, and names them", async () => {
  using folder = temporaryFolder({ ".env": "A=1", "sub/docker-compose.yml": "x", "sub/.env": "B=1" });
  Deno.symlinkSync("/etc", folder.path("folder"));
  Deno.symlinkSync("/etc/hostname", folder.path("sub/file"));
  const { files, skipped } = await readFolder(folder.path(""), []);
  assertEquals([...files.keys()], ["sub/.env"]);
  assertEquals(skipped, [".env", "folder", "sub/docker-compose.yml", "sub/file"]);
});

const REFUSED: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ["a file of more than 1 MiB", { "big.bin": "x".repeat(1024 * 1024 + 1) }, '"big.bin" is larger than 1 MiB'],
  [
    "files of more than 16 MiB",
    Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`f${index}`, "x".repeat(1024 * 1024)])),
    "its files are larger than 16 MiB in all",
  ],
  [
    "more than 1,000 files",
    Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`f${index}`, ""])),
    "it has more than 1000 files",
  ],
  ["a path that a stack cannot have", { "a\\b": "x" }, "expected no backslash"],
  ["more than 16 levels", { [`${"a/".repeat(16)}b`]: "x" }, "expected 16 levels at most"],
];

for (const [what, files, message] of REFUSED) {
  Deno.test(`refuses ${what}`, async () => {
    using folder = temporaryFolder(files);
    const error = await assertRejects(() => readFolder(folder.path(""), []), AppError, message);
    assertEquals(error.code, "usage");
  });
}

Deno.test("refuses a folder that does not exist", async () => {
  const error = await assertRejects(() => readFolder("/nowhere/at/all", []), AppError);
  assertEquals(error.message, '--dir: cannot send "/nowhere/at/all": there is no such folder');
});

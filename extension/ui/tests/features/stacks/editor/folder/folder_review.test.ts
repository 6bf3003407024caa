import { assert, assertEquals } from "../../../../../../../tests/assert.ts";
import {
  chosenFolder,
  droppedFolder,
} from "../../../../../src/features/stacks/editor/folder/folder_files.ts";
import { reviewFolder, stackName } from "../../../../../src/features/stacks/editor/folder/folder_review.ts";
import { STACK_NAME } from "../../../../../src/features/stacks/editor/server_rules.ts";

const COMPOSE = "services: {}\n";

function review(files: Readonly<Record<string, BlobPart>>, name = "shop") {
  return reviewFolder({
    name,
    files: Object.entries(files).map(([path, content]) => ({ path, file: new File([content], path) })),
    isCut: false,
  });
}

/** Returns the reason of each file that is left out. */
async function refusals(
  files: Readonly<Record<string, BlobPart>>,
): Promise<Record<string, string | undefined>> {
  const { files: reviewed } = await review({ "compose.yaml": COMPOSE, ...files });
  return Object.fromEntries(
    reviewed.filter(({ use }) => use === "refused").map(({ path, reason }) => [path, reason]),
  );
}

Deno.test("takes the Compose file, the environment and further files, byte for byte", async () => {
  const image = new Uint8Array([0, 255]);
  const { intake, files } = await review({
    "compose.yaml": COMPOSE,
    ".env": "A=1\r\n",
    "conf/app.env": "\uFEFFB=2",
    "logo.png": image,
  });
  assertEquals([intake?.name, intake?.compose, intake?.env], ["shop", COMPOSE, "A=1\r\n"]);
  assertEquals([...intake?.files ?? []], [
    ["conf/app.env", { stored: undefined, content: "\uFEFFB=2" }],
    ["logo.png", { stored: undefined, content: image }],
  ]);
  assertEquals(files.map(({ path, use }) => [path, use]), [
    [".env", "env"],
    ["compose.yaml", "compose"],
    ["conf/app.env", "file"],
    ["logo.png", "file"],
  ]);
});

for (const name of ["compose.yml", "docker-compose.yml", "docker-compose.yaml"]) {
  Deno.test(`takes ${name} as the Compose file`, async () => {
    assertEquals((await review({ [name]: COMPOSE })).intake?.compose, COMPOSE);
  });
}

Deno.test("has nothing to take without a Compose file that is text", async () => {
  assertEquals((await review({ "app.env": "" })).intake, undefined);
  assertEquals((await review({ "compose.yaml": new Uint8Array([0, 255]) })).intake, undefined);
  assertEquals((await review({ "sub/compose.yaml": COMPOSE })).intake, undefined);
});

Deno.test("leaves out names that Compose reads by default", async () => {
  const reasons = await refusals({
    "docker-compose.yml": COMPOSE,
    "compose.override.yaml": "",
    "a/compose.yaml": "",
  });
  assertEquals(Object.keys(reasons), ["a/compose.yaml", "compose.override.yaml", "docker-compose.yml"]);
  assert(Object.values(reasons).every((reason) => reason?.startsWith("Compose reads files of this name")));
});

Deno.test("leaves out archives by their name and by their content", async () => {
  const tar = new Uint8Array(512);
  tar.set(new TextEncoder().encode("ustar"), 257);
  const reasons = await refusals({
    "a.zip": "",
    "b.tar.gz": "",
    "c.txt": new Uint8Array([0x50, 0x4b, 3, 4, 0]),
    "d.bin": tar,
    "e.txt": "PK is no archive",
  });
  assertEquals(Object.keys(reasons), ["a.zip", "b.tar.gz", "c.txt", "d.bin"]);
});

Deno.test("leaves out large files, files beyond 16 MiB in all, and those beyond 1,000", async () => {
  const mebibyte = new Uint8Array(1024 * 1024).fill(65);
  const large = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`f${index + 10}`, mebibyte]));
  const reasons = await refusals({ ...large, a: new Uint8Array(1024 * 1024 + 1) });
  assertEquals(reasons, {
    a: "It is larger than 1 MiB.",
    f26: "The files are larger than 16 MiB in all.",
  });
  const many = Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`${index + 1000}`, ""]));
  assertEquals(await refusals(many), { "2000": "A stack can have 1,000 files." });
});

Deno.test("leaves out paths that a stack cannot have", async () => {
  const deep = `${"a/".repeat(16)}b`;
  const reasons = await refusals({
    "../up": "",
    [deep]: "",
    "back\\slash": "",
    "Dup": "",
    "dup": "",
    "dup/x": "",
  });
  assertEquals(Object.keys(reasons).sort(), ["../up", deep, "back\\slash", "dup", "dup/x"].sort());
});

Deno.test("leaves out a file that cannot be read", async () => {
  const file = new File([""], "gone");
  file.arrayBuffer = () => Promise.reject(new DOMException("gone", "NotFoundError"));
  const { files } = await reviewFolder({ name: "shop", files: [{ path: "gone", file }], isCut: false });
  assertEquals(files[0]?.reason, "The browser cannot read it.");
});

for (
  const [folder, name] of [["My Shop (1)", "my-shop-1"], ["--x", "x"], ["ä", ""], [
    "a".repeat(80),
    "a".repeat(63),
  ]]
) {
  Deno.test(`proposes a valid name for the folder ${folder}`, () => {
    assertEquals(stackName(folder!), name);
    assert(name === "" || STACK_NAME.test(stackName(folder!)));
  });
}

/** A file as an input with `webkitdirectory` has it. */
function chosen(path: string): File {
  return Object.defineProperty(new File(["x"], "x"), "webkitRelativePath", { value: path });
}

Deno.test("reads a chosen folder without its Git folder", () => {
  const folder = chosenFolder([chosen("shop/compose.yaml"), chosen("shop/.git/config"), chosen("shop/a/b")]);
  assertEquals([folder?.name, folder?.files.map(({ path }) => path)], ["shop", ["compose.yaml", "a/b"]]);
  assertEquals(chosenFolder([]), undefined);
});

/** A dropped folder: names of files, or folders. */
type Tree = { readonly [name: string]: Tree | string };

function entry(name: string, tree: Tree | string): FileSystemEntry {
  const fields = typeof tree === "string"
    ? { isFile: true, file: (resolve: (file: File) => void) => resolve(new File([tree], name)) }
    : {
      isDirectory: true,
      createReader: () => {
        const batches = Object.entries(tree).map(([child, below]) => [entry(child, below)]);
        return {
          readEntries: (resolve: (batch: FileSystemEntry[]) => void) => resolve(batches.shift() ?? []),
        };
      },
    };
  return { name, isFile: false, isDirectory: false, ...fields } as unknown as FileSystemEntry;
}

const dropped = (tree: Tree) => droppedFolder(entry("shop", tree) as FileSystemDirectoryEntry);

Deno.test("reads a dropped folder with its folders, batch by batch", async () => {
  const { files } = await dropped({ "compose.yaml": COMPOSE, ".git": { config: "" }, a: { b: { c: "" } } });
  assertEquals(files.map(({ path }) => path), ["compose.yaml", "a/b/c"]);
});

Deno.test("stops in a folder that is too large or too deep", async () => {
  const many = Object.fromEntries(Array.from({ length: 2500 }, (_, index) => [`${index}`, ""]));
  const cut = await dropped(many);
  assertEquals([cut.files.length, cut.isCut], [2000, true]);
  let deep: Tree = { end: "" };
  for (let level = 0; level < 50; level++) deep = { a: deep };
  assertEquals((await dropped(deep)).files, []);
});

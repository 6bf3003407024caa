import { isReal, isReplaceable, readPlainFile, readReal } from "../../server/store/real_files.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";

const decode = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes);

/** Creates a pipe without a writer. */
async function makePipe(path: string): Promise<void> {
  const { success } = await new Deno.Command("mkfifo", { args: [path] }).output();
  assert(success);
}

Deno.test("reads a file below a folder, up to its longest size", async () => {
  using folder = temporaryFolder({ "root/a/b.txt": "12345" });
  const root = folder.path("root");
  assertEquals(decode(await readReal(root, "a/b.txt", 5)), "12345");
  assertEquals(await readReal(root, "a/b.txt", 4), undefined);
});

for (const kind of ["link", "hard link", "folder", "missing", "linked folder"] as const) {
  Deno.test(`reads no ${kind} below a folder`, async () => {
    using folder = temporaryFolder({ "outside/secret": "s", "root/keep": "" });
    const [root, outside] = [folder.path("root"), folder.path("outside/secret")];
    if (kind === "link") Deno.symlinkSync(outside, `${root}/secret`);
    if (kind === "hard link") Deno.linkSync(outside, `${root}/secret`);
    if (kind === "folder") Deno.mkdirSync(`${root}/secret`);
    if (kind === "linked folder") Deno.symlinkSync(folder.path("outside"), `${root}/d`);
    assertEquals(await readReal(root, kind === "linked folder" ? "d/secret" : "secret", 10), undefined);
  });
}

Deno.test("a pipe without a writer is refused at once", async () => {
  using folder = temporaryFolder({ "root/keep": "" });
  await makePipe(folder.path("root/pipe"));
  assertEquals(await readReal(folder.path("root"), "pipe", 10), undefined);
  await assertRejects(() => readPlainFile(folder.path("root/pipe"), 10), TypeError, "is not a plain file");
});

Deno.test("a link to a folder is read through as a root, and not below it", async () => {
  using folder = temporaryFolder({ "real/a.txt": "1" });
  Deno.symlinkSync(folder.path("real"), folder.path("root"));
  assertEquals(decode(await readReal(folder.path("root"), "a.txt", 10)), "1");
  assertEquals(await isReal(folder.path("root"), "a.txt"), true);
});

Deno.test("no file outside is read while its folder is swapped with a link", async () => {
  using folder = temporaryFolder({ "outside/f": "secret", "root/d/f": "own", "root/keep": "" });
  const root = folder.path("root");
  Deno.symlinkSync(folder.path("outside"), `${root}/link`);
  const swapper = new Deno.Command("sh", {
    args: [
      "-c",
      "while [ ! -e stop ]; do mv -T d e; mv -T link d; mv -T d link; mv -T e d; done 2>/dev/null",
    ],
    cwd: root,
    stderr: "null",
  }).spawn();
  try {
    for (let attempt = 0; attempt < 2000; attempt++) {
      assert(decode(await readReal(root, "d/f", 100)) !== "secret");
    }
  } finally {
    // A kill would leave a move running, which disturbs the removal of the folder.
    Deno.writeTextFileSync(`${root}/stop`, "");
    await swapper.status;
  }
});

Deno.test("a link to a plain file is followed where links are allowed, and its size is bounded", async () => {
  using folder = temporaryFolder({ "file": "12345" });
  Deno.symlinkSync(folder.path("file"), folder.path("link"));
  assertEquals(decode(await readPlainFile(folder.path("link"), 5)), "12345");
  await assertRejects(() => readPlainFile(folder.path("link"), 4), TypeError, "at most 4 bytes");
  await assertRejects(() => readPlainFile("/dev/zero", 10), TypeError);
});

Deno.test("a plain file and a free name can be replaced, and nothing else", async () => {
  using folder = temporaryFolder({ "outside/f": "", "root/file": "", "root/d/f": "" });
  const root = folder.path("root");
  Deno.symlinkSync(folder.path("outside/f"), `${root}/link`);
  Deno.symlinkSync(folder.path("outside"), `${root}/linked`);
  for (const path of ["file", "free", "d/f"]) assert(await isReplaceable(root, path), path);
  for (const path of ["link", "linked/f", "linked/free", "d", "missing/f"]) {
    assert(!await isReplaceable(root, path), path);
  }
});

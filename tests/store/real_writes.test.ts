import { AppError } from "../../server/errors.ts";
import { namesIn } from "../../server/store/files.ts";
import { moveInto, removeReal } from "../../server/store/real_writes.ts";
import { assertEquals, assertRejects } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";

Deno.test("a draft is moved below a folder, over a plain file", async () => {
  using folder = temporaryFolder({ "root/a/x": "old", draft: "new" });
  await moveInto(folder.path("draft"), folder.path("root"), "a/x");
  assertEquals(Deno.readTextFileSync(folder.path("root/a/x")), "new");
});

Deno.test("a draft is not moved through a link that was planted meanwhile", async () => {
  using folder = temporaryFolder({ "root/y": "", "outside/x": "precious", draft: "new" });
  Deno.symlinkSync(folder.path("outside"), folder.path("root/a"));
  await assertRejects(
    () => moveInto(folder.path("draft"), folder.path("root"), "a/x"),
    AppError,
    'Cannot write "a/x"',
  );
  assertEquals(Deno.readTextFileSync(folder.path("outside/x")), "precious");
});

Deno.test("a file is removed, and nothing is left of it", async () => {
  using folder = temporaryFolder({ "root/a/x": "" });
  await removeReal(folder.path("root"), "a/x", folder.path("texts"));
  await removeReal(folder.path("root"), "a/x", folder.path("texts"));
  assertEquals([await namesIn(folder.path("root/a")), await namesIn(folder.path("texts"))], [[], []]);
});

for (const kind of ["link", "folder", "hard link"] as const) {
  Deno.test(`a ${kind} in place of a file is not removed`, async () => {
    using folder = temporaryFolder({ "root/y": "", outside: "precious" });
    const path = folder.path("root/x");
    if (kind === "folder") Deno.mkdirSync(path);
    else if (kind === "link") Deno.symlinkSync(folder.path("outside"), path);
    else Deno.linkSync(folder.path("outside"), path);
    await removeReal(folder.path("root"), "x", folder.path("texts"));
    assertEquals(await namesIn(folder.path("root")), ["x", "y"]);
  });
}

/** Swaps a folder with a link to another one until the end of the scope. */
function swapping(folder: { path(name: string): string }): AsyncDisposable {
  const [real, link] = [folder.path("root/a"), folder.path("link")];
  Deno.symlinkSync(folder.path("outside"), link);
  const script =
    `while [ ! -e ${folder.path("stop")} ]; do mv -T ${real} ${
      folder.path("aside")
    }; mv -T ${link} ${real}; mv -T ${real} ${link}; ` +
    `mv -T ${folder.path("aside")} ${real}; done`;
  const child = new Deno.Command("sh", { args: ["-c", script], stderr: "null" }).spawn();
  return {
    async [Symbol.asyncDispose]() {
      // A kill would leave a move running, which disturbs the removal of the folder.
      Deno.writeTextFileSync(folder.path("stop"), "");
      await child.status;
    },
  };
}

Deno.test("a write that ends outside because its folder was swapped is reported", async () => {
  using folder = temporaryFolder({ "root/a/y": "", "outside/y": "", "drafts/y": "" });
  const failed = new Set<string>();
  {
    await using _swapping = swapping(folder);
    for (let count = 0; count < 200; count++) {
      const draft = folder.path(`drafts/f${count}`);
      Deno.writeTextFileSync(draft, "x");
      await moveInto(draft, folder.path("root"), `a/f${count}`).catch(() => failed.add(`f${count}`));
    }
  }
  const outside = (await namesIn(folder.path("outside"))).filter((name) => name !== "y");
  assertEquals(outside.filter((name) => !failed.has(name)), []);
});

import { emptyBinds, missingPaths } from "../../../server/stacks/validate/empty_binds.ts";
import { assertEquals } from "../../assert.ts";
import { temporaryFolder } from "../../fakes/folder.ts";

const EVERYTHING = () => Promise.resolve(true);

for (
  const [volume, count] of [
    ["./html:/www:ro", 1],
    ["./html/:/www:z,ro", 1],
    ["./nginx.conf:/etc/nginx.conf", 1],
    [{ type: "bind", source: "./html", target: "/www", read_only: true }, 1],
    ["./data:/data", 0],
    ["./.config:/config", 0],
    ["/srv/html:/www:ro", 0],
    ["html:/www:ro", 0],
    ["../html:/www:ro", 0],
    ["./a/../../b:/www:ro", 0],
    ["./${DIR}:/www:ro", 0],
    ["./:/www:ro", 0],
    [{ type: "volume", source: "./html", target: "/www", read_only: true }, 0],
    [null, 0],
    [7, 0],
  ] as const
) {
  Deno.test(`warns ${count} times of the bind mount ${JSON.stringify(volume)}`, async () => {
    const found = await emptyBinds({ web: { volumes: ["a:/a", volume] } }, EVERYTHING);
    assertEquals(found.map(({ keys }) => keys.at(-1)), count === 1 ? [1] : []);
  });
}

for (const source of ["./" + "/".repeat(1_000_000) + "$", "./" + "a/".repeat(500_000) + "\n/$"]) {
  Deno.test(`reads the source ${source.slice(0, 6)}… of a million characters in one pass`, async () => {
    assertEquals(await emptyBinds({ web: { volumes: [`${source}:/www:ro`] } }, EVERYTHING), []);
  });
}

Deno.test("looks up few of many bind mounts", async () => {
  let lookups = 0;
  const volumes = Array.from({ length: 10_000 }, (_, index) => `./${index}:/x:ro`);
  await emptyBinds({ web: { volumes } }, () => Promise.resolve(++lookups > 0));
  assertEquals(lookups, 50);
});

Deno.test("a path exists with a stored file, a file that is not stored yet, or in the folder", async () => {
  using folder = temporaryFolder({ "copied/index.html": "" });
  const store = {
    versions: { filesOf: () => ({ "html/deep/index.html": "1", "gone/index.html": "2" }) },
    paths: () => ({ folder: folder.path("") }),
  };
  const files = new Map([["new/a.conf", new Uint8Array()], ["gone/index.html", null]]);
  const isMissing = missingPaths(store, { stackId: 1, files });
  const paths = ["html", "html/deep", "new/a.conf", "copied", "gone", "htm", "other"];
  assertEquals(await Promise.all(paths.map(isMissing)), [false, false, false, false, true, true, true]);
});

Deno.test("a path that nothing can have is missing, and one that cannot be followed is not", async () => {
  using folder = temporaryFolder({});
  Deno.symlinkSync("circle", folder.path("circle"));
  const isMissing = missingPaths({
    versions: { filesOf: () => ({}) },
    paths: () => ({ folder: folder.path("") }),
  }, { stackId: 1 });
  const paths = ["x".repeat(300), "x/".repeat(2100), "a\0b", "circle", "circle/file"];
  assertEquals(await Promise.all(paths.map(isMissing)), [true, true, true, false, false]);
});

Deno.test("a warning repeats the beginning of a long path", async () => {
  const [found] = await emptyBinds({ web: { volumes: [`./${"x".repeat(4000)}:/x:ro`] } }, EVERYTHING);
  assertEquals((found?.message.length ?? 0) < 400, true);
});

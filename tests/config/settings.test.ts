/** The base path as a setting. */
import { resolveConfig } from "../../server/config/config.ts";
import { AppError } from "../../server/errors.ts";
import { assertEquals, assertRejects } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";

/** Resolves the base path of flags and variables. */
async function basePath(...[flags, env]: [Parameters<typeof resolveConfig>[0], Record<string, string>?]) {
  return (await resolveConfig(flags, { HOME: "/nonexistent", ...env }, "linux")).listen.basePath;
}

Deno.test("the base path comes from the flag, the variable or the file", async () => {
  using folder = temporaryFolder({ "dockstat.yaml": "listen: { basePath: /file }\n" });
  const file = { config: folder.path("dockstat.yaml") };
  const env = { DOCKSTAT_BASE_PATH: "/variable" };
  const found = [
    await basePath({ ...file, basePath: "/flag/" }, env),
    await basePath(file, env),
    await basePath(file),
    await basePath({ ...file, basePath: "/" }, env),
  ];
  assertEquals(found, ["/flag", "/variable", "/file", ""]);
});

Deno.test("a misspelled value gets a suggestion", async () => {
  await assertRejects(() => basePath({ logLevel: "wran" }), AppError, "did you mean warn?");
});

Deno.test("a text that is not a base path is refused with its source", async () => {
  await assertRejects(
    () => basePath({ basePath: "x" }),
    AppError,
    '--base-path: found "x": expected a path such as',
  );
  await assertRejects(() => basePath({}, { DOCKSTAT_BASE_PATH: "/a/../b" }), AppError, "DOCKSTAT_BASE_PATH");
});

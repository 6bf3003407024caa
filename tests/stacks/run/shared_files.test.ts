import { AppError } from "../../../server/errors.ts";
import { sharesFiles } from "../../../server/stacks/run/shared_files.ts";
import { assertEquals } from "../../assert.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { FakeEngine } from "../../fakes/engine.ts";

const ID = "0123456789ab";

for (
  const [what, content, expected] of [
    ["has the id of the engine", `${ID}\n`, true],
    ["has another id", "other", false],
    ["does not exist", undefined, false],
  ] as const
) {
  Deno.test(`the files are ${expected ? "" : "not "}shared when the engine's folder ${what}`, async () => {
    using folder = temporaryFolder(content === undefined ? {} : { "engine-id": content });
    const engine = new FakeEngine();
    engine.onCall = () => ({ ID, DockerRootDir: folder.path("") });
    assertEquals(await sharesFiles(engine), expected);
  });
}

Deno.test("the files of an engine that does not answer are not shared", async () => {
  const engine = new FakeEngine();
  engine.onCall = () => {
    throw new AppError("engine-unreachable", "no answer");
  };
  assertEquals([await sharesFiles(engine), await sharesFiles(undefined)], [false, false]);
});

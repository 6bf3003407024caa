import { AppError } from "../../server/errors.ts";
import { seesOtherFolders, sharesFiles } from "../../server/stacks/run/own_place.ts";
import { assertEquals } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { FakeEngine } from "../fakes/engine.ts";

const UNIX = { url: "unix:///var/run/docker.sock" };
const ID = "0123456789ab";

Deno.test("an engine of this machine sees the folders of a process, and not those of one of its containers", () => {
  const inContainer = { inContainer: true, hostname: ID };
  assertEquals(seesOtherFolders(UNIX, { inContainer: false, hostname: undefined }, []), false);
  assertEquals(seesOtherFolders(UNIX, inContainer, [{ id: `${ID}ff` }]), true);
  assertEquals(seesOtherFolders(UNIX, inContainer, []), false);
  assertEquals(seesOtherFolders({ url: "tcp://nas:2375" }, { inContainer: false, hostname: "a" }, []), true);
});

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

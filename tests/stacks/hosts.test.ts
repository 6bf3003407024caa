import { seesOtherFolders } from "../../server/stacks/hosts.ts";
import { assertEquals } from "../assert.ts";

const UNIX = { url: "unix:///var/run/docker.sock" };
const ID = "0123456789ab";

Deno.test("an engine of this machine sees the folders of a process, and not those of one of its containers", () => {
  const inContainer = { inContainer: true, hostname: ID };
  assertEquals(seesOtherFolders(UNIX, { inContainer: false, hostname: undefined }, []), false);
  assertEquals(seesOtherFolders(UNIX, inContainer, [{ id: `${ID}ff` }]), true);
  assertEquals(seesOtherFolders(UNIX, inContainer, []), false);
  assertEquals(seesOtherFolders({ url: "tcp://nas:2375" }, { inContainer: false, hostname: "a" }, []), true);
});

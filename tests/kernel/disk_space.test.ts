import { diskSpace, engineDisk, ownContainer } from "../../server/kernel/disk_space.ts";
import { assert, assertEquals } from "../assert.ts";
import { idOf } from "../fakes/container.ts";
import { temporaryFolder } from "../fakes/folder.ts";

const ID = idOf("dockstat");
const MOUNTS =
  `812 811 0:190 / / ro,relatime master:1 - overlay overlay rw,upperdir=/var/lib/docker/overlay2/x
820 812 8:1 /var/lib/docker/containers/${ID}/hostname /etc/hostname ro,relatime - ext4 /dev/sda1 rw
821 812 8:1 /var/lib/docker/containers/${idOf("other")}/hostname /mnt/hostname ro - ext4 /dev/sda1 rw
`;

Deno.test("reads the space of the disk of a folder", () => {
  using folder = temporaryFolder();
  const space = diskSpace(folder.path("."));
  assert(space !== undefined && space.usedBytes > 0 && space.usedBytes <= space.totalBytes);
});

Deno.test("has no space for a folder that does not exist", () => {
  assertEquals(diskSpace("/nowhere/docker"), undefined);
});

Deno.test({
  name: "has no space without the permission",
  permissions: { read: true, sys: false },
  fn: () => assertEquals(diskSpace("/"), undefined),
});

Deno.test("finds the container of this process by the mount of its host name", () => {
  assertEquals(ownContainer(MOUNTS), ID);
  assertEquals(ownContainer(MOUNTS.replace("/etc/hostname", "/etc/host")), undefined);
  assertEquals(ownContainer(""), undefined);
});

Deno.test("in a container, reads the disk only where the engine has that container", () => {
  const place = { kind: "container", id: ID } as const;
  assert(engineDisk(place, undefined, (id) => id === ID) !== undefined);
  assertEquals(engineDisk(place, "/", () => false), undefined);
  assertEquals(engineDisk({ kind: "container", id: undefined }, "/", () => true), undefined);
});

Deno.test("outside of a container, reads the disk of the engine's folder", () => {
  const isContainer = () => false;
  assert(engineDisk({ kind: "folder" }, "/", isContainer) !== undefined);
  assertEquals(engineDisk({ kind: "folder" }, undefined, isContainer), undefined);
});

/** The space of the disk that holds an engine's data. */
import { builtin } from "../builtin.ts";
import type { DiskSpace } from "../docker/engine.ts";

/** File that an engine mounts into each container, from the folder with its data. */
const HOST_NAME = "/etc/hostname";

/** Returns the space of the disk of a file or folder; `undefined` if it cannot be read. */
export function diskSpace(path: string): DiskSpace | undefined {
  try {
    const { bsize, blocks, bfree, files, ffree } = builtin("node:fs").statfsSync(path);
    const space = { usedBytes: (blocks - bfree) * bsize, totalBytes: blocks * bsize };
    return files > 0 ? { ...space, inodes: files, inodesFree: ffree } : space;
  } catch {
    // It does not exist here, or the permission is missing.
    return undefined;
  }
}

/** Returns the id of the container of this process, from its `/proc/PID/mountinfo`. */
export function ownContainer(mountinfo: string): string | undefined {
  for (const line of mountinfo.split("\n")) {
    const [, , , root = "", point] = line.split(" ");
    const id = /\/([0-9a-f]{64})\/hostname$/.exec(root)?.[1];
    if (point === HOST_NAME && id !== undefined) return id;
  }
  return undefined;
}

/** A place of an engine's data that this process sees. */
export type DataPlace =
  | { readonly kind: "folder" }
  /** In a container with this id, whose host name the engine keeps with its data. */
  | { readonly kind: "container"; readonly id: string | undefined };

/**
 * Returns the space of the disk of an engine on this machine.
 *
 * @param isContainer Reports whether the engine has a container; one of another engine is on another disk.
 */
export function engineDisk(
  place: DataPlace,
  dataFolder: string | undefined,
  isContainer: (id: string) => boolean,
): DiskSpace | undefined {
  if (place.kind === "folder") return dataFolder === undefined ? undefined : diskSpace(dataFolder);
  return place.id !== undefined && isContainer(place.id) ? diskSpace(HOST_NAME) : undefined;
}

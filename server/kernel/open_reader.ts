/** Chooses how the kernel's files are read: through mounts, directly, or by a separate process. */
import { type ReaderSetting } from "../config/config_file.ts";
import { reason } from "../errors.ts";
import { type Mounts, readText } from "./container_files.ts";
import { type DataPlace, ownContainer } from "./disk_space.ts";
import { FileReader } from "./file_reader.ts";
import type { KernelReader } from "./kernel_reader.ts";
import { hasNoCapabilities } from "./kernel_text.ts";
import { ProcessReader } from "./process_reader.ts";
import { readerCommand } from "./reader_command.ts";

/** Timeout of one request to the reader process, ms. */
const ANSWER_MS = 5000;
/** Time before a reader process that has failed is started again, ms. */
const RETRY_MS = 30_000;

const FOLDER: DataPlace = { kind: "folder" };

/** A reader of the kernel's files, or the reason for having none. */
export type KernelChoice =
  & { /** True when the configuration asks for the kernel. */ readonly expected?: boolean }
  & (
    | {
      readonly reader: KernelReader;
      readonly way: string;
      /** Place where the disk of the engine is seen. */
      readonly data: DataPlace;
    }
    | { readonly reader: undefined; readonly reason: string }
  );

/** Surroundings that the choice depends on; options, so that tests can set them. */
export interface Surroundings {
  readonly os: string;
  /** Read-only mounts of the host's files inside a container. */
  readonly mounted: Mounts;
  /** The files of this machine, which the runtime opens with all permissions only. */
  readonly direct: Mounts;
  /** Reports whether this process may start the runtime. */
  readonly mayRun: () => boolean;
}

/** The surroundings of this process. */
export const SURROUNDINGS: Surroundings = {
  os: Deno.build.os,
  mounted: { proc: "/host/proc", cgroup: "/host/cgroup" },
  direct: { proc: "/proc", cgroup: "/sys/fs/cgroup" },
  mayRun: mayRunRuntime,
};

/** Opens a reader for the engine at an address. Without one, the engine is asked for all numbers. */
export function openKernelReader(
  setting: ReaderSetting,
  url: string,
  surroundings: Surroundings = SURROUNDINGS,
): KernelChoice {
  if (setting === "engine") return none("the configuration sets reader to engine");
  return { ...choose(url, surroundings), expected: setting === "kernel" };
}

function choose(url: string, { os, mounted, direct, mayRun }: Surroundings): KernelChoice {
  if (os !== "linux") return none("only Linux has the files of control groups");
  if (url.startsWith("ssh:")) return none("the engine is reached over ssh, so it is on another machine");
  const inContainer = openFiles(mounted, "the mounts at /host", containerPlace);
  if (inContainer !== undefined) return withoutCapabilities(inContainer, mounted);
  const here = openFiles(direct, "all permissions", () => FOLDER);
  if (here !== undefined) return here;
  if (!mayRun()) {
    return none(
      'the runtime refuses /proc; start with "deno task start:kernel", or mount it at /host in a container',
    );
  }
  if (!isLocal(url)) return none("the engine's address is not on this machine");
  const reader = new ProcessReader({ command: readerCommand(), answerMs: ANSWER_MS, retryMs: RETRY_MS });
  return { reader, way: "a reader process", data: FOLDER };
}

function none(why: string): KernelChoice {
  return { reader: undefined, reason: why };
}

/** Opens the files of a mount; `undefined` when it does not exist or the runtime refuses it. */
function openFiles(
  mounts: Mounts,
  way: string,
  dataPlace: (mounts: Mounts) => DataPlace,
): KernelChoice | undefined {
  // Without the permission, the runtime would ask on a terminal.
  if (Deno.permissions.querySync({ name: "read", path: mounts.proc }).state !== "granted") return undefined;
  try {
    return { reader: new FileReader(mounts), way, data: dataPlace(mounts) };
  } catch (error) {
    const isAbsent = error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable;
    return isAbsent ? undefined : none(`${mounts.proc} cannot be read: ${reason(error)}`);
  }
}

function containerPlace({ proc }: Mounts): DataPlace {
  try {
    return { kind: "container", id: ownContainer(readText(`${proc}/self/mountinfo`)) };
  } catch {
    // Longer than any other file, or missing: the disk is then unknown.
    return { kind: "container", id: undefined };
  }
}

/** With capabilities, the mount of `/proc` would also show the environment of other containers' processes. */
function withoutCapabilities(choice: KernelChoice, { proc }: Mounts): KernelChoice {
  if (choice.reader === undefined || hasNoCapabilities(readText(`${proc}/self/status`))) return choice;
  return none("the container has capabilities; drop them with --cap-drop=ALL");
}

function isLocal(url: string): boolean {
  return url.startsWith("unix:") || /^(tcp|https?):\/\/(localhost|127\.[\d.]+|\[::1\])(:|\/|$)/.test(url);
}

function mayRunRuntime(): boolean {
  try {
    return Deno.permissions.querySync({ name: "run", command: Deno.execPath() }).state === "granted";
  } catch {
    // A compiled program may not read its own path.
    return false;
  }
}

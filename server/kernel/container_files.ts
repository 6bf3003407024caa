/** The files of one container: found from its process, kept open, and read again from their beginning. */
import { type CgroupPaths, cgroupPaths, placesOf, type V1Controller } from "./cgroup_path.ts";
import type { KernelTarget } from "./kernel_reader.ts";
import { startTicks } from "./kernel_text.ts";
import { type FileKind, FILES, type FileTexts } from "./raw_stats.ts";

/** Places where the files of the kernel are mounted. */
export interface Mounts {
  /** Such as `/proc`. */
  readonly proc: string;
  /** Such as `/sys/fs/cgroup`. */
  readonly cgroup: string;
}

/** Longest file that is read, bytes; a longer one is left to the engine. */
const LONGEST_FILE = 65_536;

/** A file's page of the kernel, less its longest line, bytes: a shorter answer ends with the last line. */
const LAST_PAGE = 4096 - 512;

/** Number of files that are open per container. */
export const FILES_PER_CONTAINER = FILES.length;

type Names = Readonly<Partial<Record<FileKind, readonly string[]>>>;

const V2_NAMES: Names = {
  cpu: ["cpu.stat"],
  memory: ["memory.current"],
  memoryStat: ["memory.stat"],
  memoryLimit: ["memory.max"],
  disk: ["io.stat"],
  pids: ["pids.current"],
};

const V1_NAMES: Names = {
  cpu: ["cpuacct.usage"],
  memory: ["memory.usage_in_bytes"],
  memoryStat: ["memory.stat"],
  memoryLimit: ["memory.limit_in_bytes"],
  disk: ["blkio.throttle.io_service_bytes_recursive", "blkio.io_service_bytes_recursive"],
  pids: ["pids.current"],
};

const V1_CONTROLLER: Readonly<Partial<Record<FileKind, V1Controller>>> = {
  cpu: "cpuacct",
  memory: "memory",
  memoryStat: "memory",
  memoryLimit: "memory",
  disk: "blkio",
  pids: "pids",
};

const buffer = new Uint8Array(LONGEST_FILE);
const decoder = new TextDecoder();

/** The open files of one container. */
export class ContainerFiles implements Disposable {
  readonly #files: ReadonlyMap<FileKind, Deno.FsFile>;

  private constructor(
    /** First process of the container. */
    readonly pid: number,
    /** Places of its control groups. */
    readonly paths: CgroupPaths,
    files: ReadonlyMap<FileKind, Deno.FsFile>,
  ) {
    this.#files = files;
  }

  /**
   * Finds and opens the files of a container.
   *
   * @param own `/proc/PID/cgroup` of the reader.
   * @throws {Error} when the process is gone, belongs to another container, or has no readable cgroup.
   */
  static open({ id, pid }: KernelTarget, mounts: Mounts, own: string): ContainerFiles {
    const folder = `${mounts.proc}/${pid}`;
    const started = startTicks(readText(`${folder}/stat`));
    const paths = cgroupPaths(readText(`${folder}/cgroup`), id, own);
    if (paths === undefined) throw new Error(`process ${pid} is not in the container's cgroup`);
    using opened = new OpenFiles();
    for (const [kind, candidates] of candidatesOf(paths, mounts.cgroup)) opened.add(kind, candidates);
    if (!opened.files.has("cpu")) {
      throw new Error(`the cgroup of process ${pid} is not below ${mounts.cgroup}`);
    }
    opened.add("network", [`${folder}/net/dev`]);
    // Another process may have got the number meanwhile.
    if (started === undefined || startTicks(readText(`${folder}/stat`)) !== started) {
      throw new Error(`process ${pid} has ended`);
    }
    return new ContainerFiles(pid, paths, opened.move());
  }

  /**
   * Reads all files.
   *
   * @throws {Error} when the cgroup is gone or a file is too long.
   */
  read(): FileTexts {
    const texts: Partial<Record<FileKind, string>> = {};
    for (const [kind, file] of this.#files) {
      file.seekSync(0, Deno.SeekMode.Start);
      // The list of interfaces comes in pages, every other file at once.
      texts[kind] = kind === "network" ? readPages(file) : readPage(file);
    }
    return texts;
  }

  [Symbol.dispose](): void {
    for (const file of this.#files.values()) file.close();
  }
}

/** Files that are closed unless they are moved. */
class OpenFiles implements Disposable {
  files = new Map<FileKind, Deno.FsFile>();

  /** Opens the first path that exists; a machine may lack a file. */
  add(kind: FileKind, candidates: readonly string[]): void {
    for (const path of candidates) {
      try {
        this.files.set(kind, Deno.openSync(path));
        return;
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
    }
  }

  move(): ReadonlyMap<FileKind, Deno.FsFile> {
    const { files } = this;
    this.files = new Map();
    return files;
  }

  [Symbol.dispose](): void {
    for (const file of this.files.values()) file.close();
  }
}

/**
 * Reads a small file at once.
 *
 * @param target Memory that the file has to fit into.
 * @throws {Error} when it cannot be read, or is too long.
 */
export function readText(path: string, target?: Uint8Array): string {
  using file = Deno.openSync(path);
  return readPages(file, target);
}

/** Reads the first of the files that can be read; a machine may lack a file, and a container may hide it. */
export function firstText(candidates: readonly string[], target?: Uint8Array): string | undefined {
  for (const path of candidates) {
    try {
      return readText(path, target);
    } catch {
      // The next place is tried.
    }
  }
  return undefined;
}

/** Reads the beginning of a file that may be long, such as `/proc/stat` of a machine with many interrupts. */
export function readStart(path: string): string {
  using file = Deno.openSync(path);
  return decoder.decode(buffer.subarray(0, file.readSync(buffer.subarray(0, 4096)) ?? 0));
}

/** Reads a file until a text appears in it. */
export function readHead(path: string, end: string): string {
  using file = Deno.openSync(path);
  let length = 0;
  for (;;) {
    const more = file.readSync(buffer.subarray(length));
    length += more ?? 0;
    const text = decoder.decode(buffer.subarray(0, length));
    if (more === null || more === 0 || length === LONGEST_FILE || text.includes(end)) return text;
  }
}

function readPage(file: Deno.FsFile): string {
  const length = file.readSync(buffer) ?? 0;
  if (length === LONGEST_FILE) throw new Error("a file is longer than 64 KiB");
  return decoder.decode(buffer.subarray(0, length));
}

function readPages(file: Deno.FsFile, target: Uint8Array = buffer): string {
  let length = 0;
  for (;;) {
    const more = file.readSync(target.subarray(length));
    if (length + (more ?? 0) >= target.length) {
      throw new Error(`a file is longer than ${target.length / 1024} KiB`);
    }
    length += more ?? 0;
    // A line that still fits into the page would have come with the others.
    if (more === null || more < LAST_PAGE) return decoder.decode(target.subarray(0, length));
  }
}

/** Returns the possible paths of each file below the mount. */
function candidatesOf(paths: CgroupPaths, mount: string): [FileKind, readonly string[]][] {
  const names = paths.version === 2 ? V2_NAMES : V1_NAMES;
  return FILES.flatMap((kind): [FileKind, readonly string[]][] => {
    const controller = V1_CONTROLLER[kind];
    return controller === undefined ? [] : [[kind, filePaths(paths, mount, controller, names[kind] ?? [])]];
  });
}

/** Returns the possible paths of a file of a controller below the mount. */
export function filePaths(
  paths: CgroupPaths,
  mount: string,
  controller: V1Controller,
  names: readonly string[],
): readonly string[] {
  const path = paths.version === 2 ? paths.path : paths.paths[controller];
  if (path === undefined) return [];
  const roots = paths.version === 2 ? [mount, `${mount}/unified`] : [`${mount}/${controller}`];
  const folders = roots.flatMap((root) => placesOf(path).map((place) => root + place));
  return folders.flatMap((folder) => names.map((name) => `${folder}/${name}`));
}

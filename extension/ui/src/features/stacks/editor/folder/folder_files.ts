/** Reads the files of a folder that was chosen or dropped, as many as a review needs. */

/** A file of a folder. */
export interface FolderFile {
  /** Path within the folder. */
  readonly path: string;
  readonly file: File;
}

/** A chosen folder. */
export interface Folder {
  readonly name: string;
  readonly files: readonly FolderFile[];
  /** True if the folder has more files than were read. */
  readonly isCut: boolean;
}

/** Largest number of files that are read; a stack can have 1,000. */
const MOST_READ = 2000;
/** Largest number of folders on a path that are opened; a stack can have 16 levels. */
const MOST_LEVELS = 17;

/** Returns the folder that a file input with `webkitdirectory` has chosen; `undefined` for an empty one. */
export function chosenFolder(list: ArrayLike<File>): Folder | undefined {
  const first = list[0];
  if (first === undefined) return undefined;
  const files: FolderFile[] = [];
  for (let index = 0; index < list.length && files.length < MOST_READ; index++) {
    const file = list[index]!;
    const path = file.webkitRelativePath.split("/").slice(1).join("/");
    if (!isInGit(path)) files.push({ path, file });
  }
  return { name: first.webkitRelativePath.split("/")[0]!, files, isCut: files.length >= MOST_READ };
}

/** Reads a dropped folder. */
export async function droppedFolder(root: FileSystemDirectoryEntry): Promise<Folder> {
  const files: FolderFile[] = [];
  const open: {
    readonly folder: FileSystemDirectoryEntry;
    readonly below: string;
    readonly level: number;
  }[] = [
    { folder: root, below: "", level: 1 },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { folder, below, level } = next;
    for await (const entry of entriesOf(folder)) {
      if (files.length >= MOST_READ) return { name: root.name, files, isCut: true };
      const path = below + entry.name;
      if (isInGit(path)) continue;
      if (entry.isFile) {
        const file = await new Promise<File>((resolve, reject) =>
          (entry as FileSystemFileEntry).file(resolve, reject)
        );
        files.push({ path, file });
      } else if (level < MOST_LEVELS) {
        open.push({ folder: entry as FileSystemDirectoryEntry, below: `${path}/`, level: level + 1 });
      }
    }
  }
  return { name: root.name, files, isCut: false };
}

/** Yields the entries of a folder; a browser returns about 100 at a time. */
async function* entriesOf(folder: FileSystemDirectoryEntry): AsyncGenerator<FileSystemEntry> {
  const reader = folder.createReader();
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject)
    );
    if (batch.length === 0) return;
    yield* batch;
  }
}

/** Reports if a path is in a Git folder, whose files no stack needs and which would fill the list. */
function isInGit(path: string): boolean {
  return path.toLowerCase().split("/").includes(".git");
}

/** Pure: permissions of the further files of stacks. */

/** Permissions by path. */
export type FileModes = ReadonlyMap<string, number>;

/** Permissions of a file that nothing else is known about. */
export const DEFAULT_MODE = 0o644;

/** Returns the permissions that a file may have: its owner reads and writes it, and no one else writes it. */
export function safeMode(mode: number): number {
  return mode & 0o755 | 0o600;
}

/** Returns permissions as octal text, such as "755". */
export function modeText(mode: number): string {
  return (mode & 0o777).toString(8).padStart(3, "0");
}

/** Returns a text that is the same for files with the same contents and permissions. */
export function contentKey(digest: string, mode: number): string {
  // Without the usual permissions, so that the keys of earlier versions stay the same.
  return mode === DEFAULT_MODE ? digest : `${digest} ${modeText(mode)}`;
}

/** Pure: the paths and texts of a stack's further files. */

/** Largest file that the server stores, bytes. */
export const MAX_FILE_BYTES = 1024 * 1024;

/** Returns the text of a file; `undefined` unless it is UTF-8 without NUL. */
export function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Other bytes can be downloaded.
    return undefined;
  }
}

/** Returns the path of an upload: the wanted one, within the wanted folder, or the name of the file. */
export function uploadPath(wanted: string, fileName: string): string {
  const path = wanted.trim();
  return path === "" || path.endsWith("/") ? `${path}${fileName}` : path;
}

/** Reports if an address can name the path; the server has further rules. */
export function isFilePath(path: string): boolean {
  return path.split("/").every((name) => !["", ".", ".."].includes(name));
}

/** Returns the language of a file by its name. */
export function languageOf(path: string): "yaml" | "env" {
  return /\.ya?ml$/i.test(path) ? "yaml" : "env";
}

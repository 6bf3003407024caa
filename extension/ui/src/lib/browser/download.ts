/** Saves a text or bytes as a file of the user. */
export function download(name: string, contents: string | readonly string[] | Uint8Array): void {
  const isText = !(contents instanceof Uint8Array);
  const type = isText ? "text/plain;charset=utf-8" : "application/octet-stream";
  const parts = typeof contents === "string" || !isText ? [contents as BlobPart] : [...contents];
  const url = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has started to read the file by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Saves a text or bytes as a file of the user. */
export function download(name: string, contents: string | Uint8Array): void {
  const type = typeof contents === "string" ? "text/plain;charset=utf-8" : "application/octet-stream";
  const url = URL.createObjectURL(new Blob([contents as BlobPart], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has started to read the file by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

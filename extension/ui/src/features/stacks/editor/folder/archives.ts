/** Pure: recognizes archives, which a stack does not unpack. */

const NAME = /\.(zip|tar|gz|tgz|bz2|xz|7z|rar|zst)$/i;
/** First bytes of archives, with their offset. */
const MARKS: readonly (readonly [at: number, bytes: readonly number[]])[] = [
  [0, [0x50, 0x4b, 0x03, 0x04]],
  [0, [0x1f, 0x8b]],
  [0, [0x42, 0x5a, 0x68]],
  [0, [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  [0, [0x37, 0x7a, 0xbc, 0xaf]],
  [0, [0x52, 0x61, 0x72, 0x21]],
  [0, [0x28, 0xb5, 0x2f, 0xfd]],
  // "ustar" in the header of a tar file.
  [257, [0x75, 0x73, 0x74, 0x61, 0x72]],
];

/** Reports if a file is an archive, by its name or its content. */
export function isArchive(path: string, bytes: Uint8Array): boolean {
  return NAME.test(path) ||
    MARKS.some(([at, mark]) => mark.every((byte, index) => bytes[at + index] === byte));
}

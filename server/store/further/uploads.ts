/** Bytes of files that a later save refers to by their digest, so that a save of any size is one request. */
import { AppError } from "../../errors.ts";
import { checkFileSize } from "../file_limits.ts";
import { digestOf } from "../digest.ts";

/** Bytes that are kept in memory: two saves of the largest size. */
const MOST_BYTES = 32 * 1024 * 1024;
const MOST_UPLOADS = 2000;
const KEPT_MS = 3_600_000;

/** The uploads of one server. They stay until the limits or their age end them. */
export class Uploads {
  /** By digest, the oldest first. */
  readonly #kept = new Map<string, { readonly bytes: Uint8Array; readonly at: number }>();

  /** @param now Clock in ms. */
  constructor(readonly now: () => number = () => performance.now()) {}

  /**
   * Keeps bytes and returns their SHA-256, in hexadecimal. The oldest uploads go when there are too many.
   *
   * @throws {AppError} "too-large" for more than a file can have.
   */
  add(bytes: Uint8Array): string {
    checkFileSize("the upload", bytes.length);
    const digest = digestOf(bytes);
    this.#kept.delete(digest);
    this.#kept.set(digest, { bytes, at: this.now() });
    let size = [...this.#kept.values()].reduce((sum, one) => sum + one.bytes.length, 0);
    for (const [oldest, one] of this.#kept) {
      const isOld = this.now() - one.at >= KEPT_MS;
      if (!isOld && size <= MOST_BYTES && this.#kept.size <= MOST_UPLOADS) break;
      this.#kept.delete(oldest);
      size -= one.bytes.length;
    }
    return digest;
  }

  /**
   * Returns the bytes with a digest.
   *
   * @throws {AppError} "invalid" when they are not kept, or no longer.
   */
  get(digest: string): Uint8Array {
    const found = this.#kept.get(digest);
    if (found !== undefined && this.now() - found.at < KEPT_MS) return found.bytes;
    const message = `found upload "${digest}", which is not kept: upload the file again`;
    throw new AppError("invalid", `Cannot store the files: ${message}`, {
      issues: [{ path: "files", message }],
    });
  }
}

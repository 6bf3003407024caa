/** Digests of stored texts. */
import { builtin } from "../builtin.ts";

/** SHA-256 of bytes, in hexadecimal. */
export function digestOf(bytes: Uint8Array): string {
  return builtin("node:crypto").createHash("sha256").update(bytes).digest("hex");
}

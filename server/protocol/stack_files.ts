/** The further files of a stack, the answers of `/stacks/{id}/files`. */
import * as v from "valibot";
import { count, described } from "./schema.ts";

/** A further file of a stack. */
export const StackFile = v.strictObject({
  path: described(v.string(), "Relative to the folder of the stack."),
  size: described(
    v.nullable(count),
    "Bytes; `null` for a file that an adopted stack names and does not have.",
  ),
  digest: described(v.nullable(v.string()), "SHA-256 in hexadecimal; `null` without the file."),
});

/** A file in the shape of {@linkcode StackFile}. */
export type StackFile = Readonly<v.InferOutput<typeof StackFile>>;

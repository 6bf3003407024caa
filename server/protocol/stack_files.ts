/** The further files of a stack, the answers of `/stacks/{id}/files`. */
import * as v from "valibot";
import { count, described } from "./schema.ts";

const FILE_MODE = 'permissions in octal, such as "755"';

/** Permissions of a file in octal. */
export const fileMode = described(
  v.pipe(v.string(), v.regex(/^[0-7]{3}$/)),
  'Permissions in octal, such as "644".',
);

/** Permissions that a request may give to a file. */
export const newFileMode = v.pipe(
  v.string(FILE_MODE),
  v.regex(/^[0-7]{3}$/, FILE_MODE),
);

/** A further file of a stack. */
export const StackFile = v.strictObject({
  path: described(v.string(), "Relative to the folder of the stack."),
  size: described(
    v.nullable(count),
    "Bytes; `null` for a file that an adopted stack names and does not have.",
  ),
  digest: described(v.nullable(v.string()), "SHA-256 in hexadecimal; `null` without the file."),
  mode: described(v.nullable(fileMode), "Permissions in octal; `null` without the file."),
});

/** An upload, the answer of `POST /stacks/uploads`. */
export const Upload = v.strictObject({
  digest: described(v.string(), "SHA-256 in hexadecimal, to name the bytes in a save."),
  size: described(count, "Bytes."),
});

/** An upload in the shape of {@linkcode Upload}. */
export type Upload = Readonly<v.InferOutput<typeof Upload>>;

/** A file in the shape of {@linkcode StackFile}. */
export type StackFile = Readonly<v.InferOutput<typeof StackFile>>;

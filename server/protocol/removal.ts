/** The answer of `DELETE` with `dryRun=1`. */
import * as v from "valibot";
import { count, described } from "./schema.ts";

/** Objects that a removal would delete. */
export const RemovalPreview = v.strictObject({
  containers: described(v.array(v.string()), "Names."),
  networks: described(v.array(v.string()), "Names."),
  volumes: described(
    v.array(v.strictObject({
      name: v.string(),
      bytes: described(v.nullable(count), "Size; `null` where the engine does not report it."),
    })),
    "Volumes, deleted with their data.",
  ),
  images: v.optional(
    described(
      v.array(v.strictObject({
        name: v.string(),
        tags: described(
          v.array(v.string()),
          "Tags that are removed; the image is deleted with its last one.",
        ),
        bytes: described(v.nullable(count), "Freed bytes; `null` if unknown."),
      })),
      "Only for the removal of an image.",
    ),
  ),
  files: v.strictObject({
    deleted: described(v.array(v.string()), "Paths of files that DockStat wrote."),
    kept: described(v.array(v.string()), "Paths that stay, 100 at most."),
  }),
});

/** A preview in the shape of {@linkcode RemovalPreview}. */
export type RemovalPreview = Readonly<v.InferOutput<typeof RemovalPreview>>;

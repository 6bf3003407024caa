/** The versions of a stack, the answers below `/stacks/{id}/versions`. */
import * as v from "valibot";
import { count, described, time } from "./schema.ts";
import { fileMode } from "./stack_files.ts";

/** An image that a service used when a version was deployed. */
export const VersionImage = v.strictObject({
  service: v.string(),
  image: v.string(),
  digest: described(
    v.nullable(v.string()),
    "Digest in its registry; `null` for an image that was never pulled.",
  ),
});

/** An image in the shape of {@linkcode VersionImage}. */
export type VersionImage = Readonly<v.InferOutput<typeof VersionImage>>;

/** One version of a stack. */
export const StackVersion = v.strictObject({
  version: described(count, "Number, increasing with each save."),
  created_at: time,
  reason: described(
    v.string(),
    "The change that made it, such as created, changed or restored from version 3.",
  ),
  current: described(v.boolean(), "True for the version that is stored now."),
  deployed_at: described(v.nullable(time), "`null` if it was never deployed."),
  images: described(v.array(VersionImage), "Images of its last deployment."),
});

/** A version in the shape of {@linkcode StackVersion}. */
export type StackVersion = Readonly<v.InferOutput<typeof StackVersion>>;

/** A version with its contents. */
export const StackVersionContents = v.strictObject({
  ...StackVersion.entries,
  compose: v.string(),
  env: v.string(),
  files: described(
    v.array(v.strictObject({ path: v.string(), size: count, digest: v.string(), mode: fileMode })),
    "Further files, with size in bytes, SHA-256 and permissions.",
  ),
});

/** A version in the shape of {@linkcode StackVersionContents}. */
export type StackVersionContents = Readonly<v.InferOutput<typeof StackVersionContents>>;

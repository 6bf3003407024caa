/** Tags of an image, as its registry lists them. */
import * as v from "valibot";
import { described } from "../schema.ts";

/** The answer of `GET /updates/tags`. */
export const ImageTags = v.strictObject({
  image: described(v.string(), "Name of the image without its tag, as requested."),
  tags: described(v.array(v.string()), "200 at most, highest numbers first."),
  reason: described(
    v.nullable(v.string()),
    "The reason why the registry lists no tags; `null` if it lists them.",
  ),
});
/** An answer in the shape of {@linkcode ImageTags}. */
export type ImageTags = Readonly<v.InferOutput<typeof ImageTags>>;

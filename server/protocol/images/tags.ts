/** Tags of an image, as its registry lists them. */
import * as v from "valibot";
import { described } from "../schema.ts";

/** The answer of `GET /updates/tags`. */
export const ImageTags = v.strictObject({
  image: described(v.string(), "Name of the image without its tag, as it was asked for."),
  tags: described(v.array(v.string()), "200 at most, highest numbers first."),
  reason: described(v.nullable(v.string()), "Reason for which the registry listed none; `null` if it did."),
});
/** An answer in the shape of {@linkcode ImageTags}. */
export type ImageTags = Readonly<v.InferOutput<typeof ImageTags>>;

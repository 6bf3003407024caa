/** Addresses under which a browser saves an answer without the token. */
import * as v from "valibot";
import { described } from "./schema.ts";

const PATH = "a path with its query, such as /logs/ws?container=web";

/** The body of `POST /downloads`: what to save. */
export const NewDownload = v.strictObject({
  path: described(
    v.pipe(
      v.string(PATH),
      v.maxLength(2048, "a path of 2048 characters at most"),
      v.regex(/^\/(?!\/)/, PATH),
      // The parser of URLs would drop some control characters, so that the path had two readings.
      v.check((path) => !/\p{Cc}/u.test(path), PATH),
    ),
    "Path and query of a GET.",
  ),
});

/** The answer of `POST /downloads`. */
export const Download = v.strictObject({
  url: described(v.string(), "Valid once, within 60 s, without the token."),
});

/** An answer in the shape of {@linkcode Download}. */
export type Download = Readonly<v.InferOutput<typeof Download>>;

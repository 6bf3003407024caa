/** The answers of `GET /about` and `GET /healthz`. */
import * as v from "valibot";
import { described } from "./schema.ts";

/** The answer of `GET /healthz`. */
export const Health = v.strictObject({ status: v.literal("ok") });

/** `GET /about`: the server, and what this client may do. */
export const About = v.strictObject({
  version: v.string(),
  access: described(
    v.picklist(["full", "view"]),
    "`full` for whoever has presented the token (or needs none), `view` for whoever may only look.",
  ),
  readOnly: described(v.boolean(), "True with `--read-only`: nobody may change anything."),
  simulated: described(
    v.boolean(),
    "True when the containers are made up (`--demo`); then there are no stacks either.",
  ),
});

/** An answer in the shape of {@linkcode About}. */
export type About = Readonly<v.InferOutput<typeof About>>;

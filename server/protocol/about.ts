/** The answers of `GET /about` and `GET /healthz`. */
import * as v from "valibot";
import { described } from "./schema.ts";

/** The answer of `GET /healthz`. */
export const Health = v.strictObject({ status: v.literal("ok") });

/** The answer of `GET /about`. */
export const About = v.strictObject({
  version: v.string(),
  access: described(
    v.picklist(["full", "view", "none"]),
    "`full` with the token (or where none is needed), `view` for a local request without it, `none` otherwise.",
  ),
  readOnly: v.optional(described(v.boolean(), "True with `--read-only`: changes are refused.")),
  simulated: v.optional(described(
    v.boolean(),
    "True when the containers are simulated (`--demo`); there are no stacks then.",
  )),
  compose: v.optional(described(
    v.nullable(v.string()),
    "The version of the Compose that DockStat uses; `null` if none was found.",
  )),
  composeUser: v.optional(described(
    v.nullable(v.string()),
    "The version that `docker compose` starts here; `null` if it cannot be started.",
  )),
});

/** An answer in the shape of {@linkcode About}. */
export type About = Readonly<v.InferOutput<typeof About>>;

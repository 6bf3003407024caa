/** The key `updates` of `dockstat.yaml`: when registries are asked for newer images. */
import * as v from "valibot";

const CHECKS = ["daily", "manual"] as const;

/** Schema of the key. */
export const UpdateKeys = v.strictObject({
  check: v.optional(v.picklist(CHECKS, `one of ${CHECKS.join(", ")}`)),
}, "the key check");

/** The Git side of a stack. */
import * as v from "valibot";
import { described, time } from "../schema.ts";

/** The Git side of a stack, a part of `GET /stacks/{id}`. */
export const StackGit = v.strictObject({
  url: v.string(),
  branch: v.string(),
  path: described(v.string(), "Path of the compose file in the repository."),
  commit: described(v.string(), "The commit whose files the stack has."),
  pulled_at: time,
  schedule: described(v.nullable(v.string()), "Interval between automatic pulls; `null` for none."),
  webhook: described(v.boolean(), "True if a push may start a pull."),
  token: described(v.boolean(), "True if there is a token that can redeploy this stack."),
  error: described(v.nullable(v.string()), "The reason why the last pull or check failed."),
});

/** A state in the shape of {@linkcode StackGit}. */
export type StackGit = Readonly<v.InferOutput<typeof StackGit>>;

/** Problem documents, the body of every refused request. */
import * as v from "valibot";
import { count, described } from "./schema.ts";

/** One error in the input, or a warning about a likely mistake in it. */
export const InputIssue = v.strictObject({
  path: described(v.string(), "Name of the option, or path of the key."),
  line: v.optional(described(count, "The first line is 1.")),
  column: v.optional(described(count, "The first column is 1.")),
  message: described(v.string(), "Value found, and what would be right."),
});

/** The body of a refusal (RFC 9457), with `errors` for invalid input. */
export const Problem = v.strictObject({
  type: v.string(),
  title: v.string(),
  status: v.pipe(v.number(), v.integer()),
  detail: described(v.string(), "What is wrong, where, and what would be right."),
  errors: v.optional(v.array(InputIssue)),
});

/** A body in the shape of {@linkcode Problem}. */
export type Problem = Readonly<v.InferOutput<typeof Problem>>;

/** Problem documents, the body of every refused request. */
import * as v from "valibot";
import { count, described } from "./schema.ts";

/** One mistake in what was sent, or one thing in it that will probably not do what was meant. */
export const InputIssue = v.strictObject({
  path: described(v.string(), "The name of the option, or the path of the key."),
  line: v.optional(described(count, "The first is 1.")),
  column: v.optional(described(count, "The first is 1.")),
  message: described(v.string(), "What was found, and what would be right."),
});

/** The body of every refusal: RFC 9457, with `errors` where input was bad. */
export const Problem = v.strictObject({
  type: v.string(),
  title: v.string(),
  status: v.pipe(v.number(), v.integer()),
  detail: described(v.string(), "What was wrong, where, and what would be right."),
  errors: v.optional(v.array(InputIssue)),
});

/** A body in the shape of {@linkcode Problem}. */
export type Problem = Readonly<v.InferOutput<typeof Problem>>;

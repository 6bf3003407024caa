/** Drafts of editors, the bodies and answers of `/stacks/{id}/draft` and `/stacks/draft`. */
import * as v from "valibot";
import { described, time } from "../schema.ts";

const storable = "well-formed Unicode without U+0000";
// SQLite would cut a text at U+0000.
const isStorable = (value: string) => value.isWellFormed() && !value.includes("\0");
const text = v.pipe(v.string("a text"), v.check(isStorable, storable));
const path = v.pipe(
  v.string("a path"),
  v.minLength(1, "a path"),
  v.maxLength(1024, "1,024 characters at most"),
  v.check(isStorable, storable),
);
const part = v.optional(v.nullable(text));

/** The body of a PUT: texts that are not given stay, and `null` removes one. */
export const DraftChange = v.strictObject({
  name: described(part, "Name of a new stack."),
  hostId: described(part, "Host of a new stack."),
  compose: part,
  env: part,
  files: v.optional(
    v.pipe(
      v.array(v.strictObject({ path, text: v.nullable(text) }), "a list of files"),
      v.maxLength(100, "100 files at most"),
    ),
  ),
  removed: v.optional(described(
    v.pipe(
      v.array(v.strictObject({ path, removed: v.boolean("true or false") }), "a list of files"),
      v.maxLength(100, "100 files at most"),
    ),
    "Stored files that the save deletes; false keeps one.",
  )),
});

/** A body in the shape of {@linkcode DraftChange}. */
export type DraftChange = v.InferOutput<typeof DraftChange>;

/** A draft; `null` for texts that it does not have. */
export const Draft = v.strictObject({
  name: v.nullable(v.string()),
  hostId: v.nullable(v.string()),
  compose: v.nullable(v.string()),
  env: v.nullable(v.string()),
  files: v.array(v.strictObject({ path: v.string(), text: v.string() })),
  removed: described(v.array(v.string()), "Paths of stored files that the save deletes."),
  saved_at: described(v.nullable(time), "`null` without a draft."),
});

/** A draft in the shape of {@linkcode Draft}. */
export type Draft = v.InferOutput<typeof Draft>;

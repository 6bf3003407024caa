/** Request bodies of `/stacks`. */
import * as v from "valibot";
import { described } from "./schema.ts";
import { newFileMode } from "./stack_files.ts";

/** Pattern of a stack name. */
export const STACK_NAME = /^[a-z0-9][a-z0-9_-]{0,62}$/;

const NAME =
  "a name of lower-case letters, digits, dashes and underscores, 63 at most, that begins with a letter or digit";

const text = (what: string) =>
  v.pipe(v.string(what), v.check((value) => value.isWellFormed(), "well-formed Unicode"));

/** The text of a compose file. */
export const composeText = text("the text of a compose file");

/** The text of a `.env` file. */
export const envText = text("the text of a .env file");

const [compose, env] = [composeText, envText];

const flag = v.boolean("true or false");

const hostId = v.pipe(v.string("the id of a host"), v.minLength(1, "the id of a host"));

/** Largest number of files in a draft. */
const MOST_FILES = 1000;

const filePath = v.pipe(
  v.string("a path"),
  v.minLength(1, "a path"),
  v.maxLength(4096, "4,096 characters at most"),
);

const files = v.optional(described(
  v.pipe(
    v.array(v.strictObject({
      path: filePath,
      text: v.optional(text("the text of a file")),
    })),
    v.maxLength(MOST_FILES, "1,000 files at most"),
  ),
  "Files that are not stored yet. Each replaces the stored one; without its text it counts as empty.",
));

const DIGEST = "a SHA-256 in hexadecimal";
const FILE_FORM = "either text, base64 or upload";

const fileChanges = v.optional(described(
  v.pipe(
    v.array(v.pipe(
      v.strictObject({
        path: filePath,
        text: v.optional(described(v.nullable(text("the text of a file")), "`null` deletes the file.")),
        base64: v.optional(described(
          v.pipe(v.string("the bytes of a file"), v.base64("bytes in base64")),
          "The bytes of a file that is not text.",
        )),
        upload: v.optional(described(
          v.pipe(v.string(DIGEST), v.regex(/^[0-9a-f]{64}$/, DIGEST)),
          "The digest that `POST /stacks/uploads` returned for the bytes of the file.",
        )),
        mode: v.optional(described(
          newFileMode,
          "Permissions of the file. Only its owner can get the right to write. Without it they stay.",
        )),
      }),
      v.check(
        ({ text, base64, upload }) => [text, base64, upload].filter((one) => one !== undefined).length === 1,
        FILE_FORM,
      ),
    )),
    v.maxLength(MOST_FILES, "1,000 files at most"),
    v.check((files) => new Set(files.map(({ path }) => path)).size === files.length, "each path once"),
  ),
  "Further files that are stored, replaced or deleted together with the texts, as one version.",
));

/** The body of `POST /stacks`. */
export const NewStack = v.strictObject({
  name: v.pipe(v.string(NAME), v.regex(STACK_NAME, NAME)),
  compose,
  env: v.optional(env),
  files: fileChanges,
  hostId: v.optional(hostId),
  deploy: v.optional(flag),
});

/** A body in the shape of {@linkcode NewStack}. */
export type NewStack = Readonly<v.InferOutput<typeof NewStack>>;

/** The body of `PUT /stacks/{id}`. */
export const StackChange = v.strictObject({
  compose: v.optional(compose),
  env: v.optional(env),
  files: fileChanges,
  deploy: v.optional(flag),
});

/** A body in the shape of {@linkcode StackChange}. */
export type StackChange = Readonly<v.InferOutput<typeof StackChange>>;

/** The body of `POST /stacks/validate`. */
export const StackDraft = v.strictObject({
  compose,
  env: v.optional(env),
  hostId: v.optional(hostId),
  stack_id: v.optional(
    described(
      v.number("the id of a stack"),
      "The stack that the texts belong to; its host applies, and its own ports and names do not conflict.",
    ),
  ),
  files,
});

/** A body in the shape of {@linkcode StackDraft}. */
export type StackDraft = Readonly<v.InferOutput<typeof StackDraft>>;

/** The body of `POST /stacks/plan`. */
export const PlanDraft = v.strictObject({
  stack_id: v.optional(
    described(
      v.number("the id of a stack"),
      "Without it, the plan is for a new stack, which needs name and compose, or for a project.",
    ),
  ),
  command: v.optional(described(v.picklist(["deploy", "update"]), "Default deploy; update needs stack_id.")),
  service: v.optional(described(v.string(), "Only this service; needs the command update.")),
  version: v.optional(
    described(
      v.number("the number of a version"),
      "A version of the stack with the images of its last deployment; excludes everything but stack_id.",
    ),
  ),
  project: v.optional(
    described(
      v.pipe(v.string("the name of a Compose project"), v.regex(STACK_NAME, NAME)),
      "A project of the host that DockStat did not create: its first deployment after an adoption.",
    ),
  ),
  name: v.optional(v.pipe(v.string(NAME), v.regex(STACK_NAME, NAME))),
  hostId: v.optional(hostId),
  compose: v.optional(described(compose, "The stored text unless set.")),
  env: v.optional(described(env, "The stored text unless set.")),
  files,
});

/** A body in the shape of {@linkcode PlanDraft}. */
export type PlanDraft = Readonly<v.InferOutput<typeof PlanDraft>>;

/** Files of a draft by path, as bytes. */
export function draftFiles({ files = [] }: Pick<StackDraft, "files">): ReadonlyMap<string, Uint8Array> {
  return new Map(files.map(({ path, text = "" }) => [path, new TextEncoder().encode(text)]));
}

/**
 * Files of a change by path, as bytes; `null` for those that it deletes.
 *
 * @param uploaded Returns the bytes of an upload.
 */
export function changedFiles(
  { files = [] }: Pick<StackChange, "files">,
  uploaded: (digest: string) => Uint8Array,
): ReadonlyMap<string, Uint8Array | null> {
  return new Map(files.map(({ path, text, base64, upload }) => {
    if (upload !== undefined) return [path, uploaded(upload)];
    if (base64 !== undefined) return [path, Uint8Array.fromBase64(base64)];
    return [path, typeof text === "string" ? new TextEncoder().encode(text) : null];
  }));
}

/** Permissions of the files of a change by path, as far as they are given. */
export function changedModes({ files = [] }: Pick<StackChange, "files">): ReadonlyMap<string, number> {
  return new Map(
    files.flatMap(({ path, mode }) => mode === undefined ? [] : [[path, Number.parseInt(mode, 8)]]),
  );
}

/** The body of `POST /stacks/adopt`. */
export const Adoption = v.strictObject({
  project: v.pipe(v.string("the name of a Compose project"), v.regex(STACK_NAME, NAME)),
  hostId,
});

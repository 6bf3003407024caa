/** Stacks from Git: requests and answers. */
import * as v from "valibot";
import { isSchedule } from "./schedule.ts";
import { BRANCH_FORM, isBranch, isGitUrl, isRepositoryPath, PATH_FORM, URL_FORM } from "./source_rules.ts";
import { count, described, id } from "../schema.ts";
import { NewStack } from "../stack_requests.ts";
import { StackGit } from "./stack_git.ts";

const SCHEDULE_FORM = "a duration from 1m to 7d, such as 15m, or null";

/** Place of a compose file in a repository. */
export const GitSource = v.strictObject({
  url: v.pipe(v.string(URL_FORM), v.check(isGitUrl, URL_FORM)),
  branch: v.pipe(v.string(BRANCH_FORM), v.check(isBranch, BRANCH_FORM)),
  path: v.optional(v.pipe(v.string(PATH_FORM), v.check(isRepositoryPath, PATH_FORM)), ""),
});

/** A source in the shape of {@linkcode GitSource}. */
export type GitSource = Readonly<v.InferOutput<typeof GitSource>>;

/** The body of `POST /stacks/git`. */
export const NewGitStack = v.strictObject({
  ...v.omit(NewStack, ["compose"]).entries,
  env: described(
    NewStack.entries.env,
    "Local values. They override the repository's `.env` and survive every pull.",
  ),
  git: v.strictObject(GitSource.entries, "the keys url, branch and path"),
});

/** A body in the shape of {@linkcode NewGitStack}. */
export type NewGitStack = Readonly<v.InferOutput<typeof NewGitStack>>;

/** The body of `PUT /stacks/{id}/git`. */
export const GitChange = v.strictObject({
  schedule: v.optional(described(
    v.nullable(v.pipe(v.string(SCHEDULE_FORM), v.check(isSchedule, SCHEDULE_FORM))),
    "Interval between automatic pulls, such as `15m`; `null` for none.",
  )),
  webhook: v.optional(described(
    v.boolean("true or false"),
    "True creates a new secret for the webhook; false switches the webhook off.",
  )),
  token: v.optional(described(
    v.boolean("true or false"),
    "True creates a new token for `POST /stacks/{id}/git/redeploy`; false removes it.",
  )),
});

/** A body in the shape of {@linkcode GitChange}. */
export type GitChange = Readonly<v.InferOutput<typeof GitChange>>;

/** The answer to `PUT /stacks/{id}/git`: secrets are shown once. */
export const ChangedGit = v.strictObject({
  ...StackGit.entries,
  webhook_secret: described(v.nullable(v.string()), "The new secret of the webhook, shown once."),
  redeploy_token: described(v.nullable(v.string()), "The new token for redeployment, shown once."),
});

/** An answer in the shape of {@linkcode ChangedGit}. */
export type ChangedGit = Readonly<v.InferOutput<typeof ChangedGit>>;

/** A file that a pull would change. */
export const GitFileChange = v.strictObject({
  path: described(v.string(), "Relative to the folder of the compose file."),
  change: v.picklist(["added", "changed", "removed"]),
  bytes: described(v.nullable(count), "The new size; `null` for a file that would be removed."),
});

/** The difference between a stack and its branch. */
export const GitDifference = v.strictObject({
  from: described(v.string(), "The commit of the stack."),
  to: described(v.string(), "The newest commit of the branch."),
  subject: described(v.string(), "First line of that commit's message."),
  forward: described(v.boolean(), "False if the branch was rewritten: `to` does not follow `from`."),
  compose: described(v.nullable(v.string()), "The new text of the compose file; `null` if it stays."),
  env: described(
    v.nullable(v.string()),
    "The new `.env` of the repository, empty if it is gone; `null` if it stays.",
  ),
  files: v.array(GitFileChange),
});

/** A difference in the shape of {@linkcode GitDifference}. */
export type GitDifference = Readonly<v.InferOutput<typeof GitDifference>>;

/** The answer to a webhook and to a redeployment. */
export const GitDelivery = v.strictObject({
  outcome: described(
    v.picklist(["started", "queued", "ignored", "succeeded", "failed"]),
    "`queued` starts when the running operation has ended; `ignored` is for another branch or event; the last two " +
      "are for a redeployment with wait=1.",
  ),
  operation_id: v.nullable(id),
});

/** An answer in the shape of {@linkcode GitDelivery}. */
export type GitDelivery = Readonly<v.InferOutput<typeof GitDelivery>>;

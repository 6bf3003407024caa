/** Arguments and flags of `dockstat stacks`, and the message for each usage error. */
import { checkTail } from "../logs/flags.ts";
import { type PostCommand, postCommands } from "../../protocol/commands.ts";
import { isSchedule } from "../../protocol/git/schedule.ts";
import {
  BRANCH_FORM,
  isBranch,
  isGitUrl,
  isRepositoryPath,
  PATH_FORM,
  URL_FORM,
} from "../../protocol/git/source_rules.ts";
import { AppError } from "../../errors.ts";
import { suggest } from "../suggest.ts";

/** Flags of `stacks` that take a value, by their key in {@linkcode StackFlags}. */
export const STACK_VALUE_FLAGS = {
  file: "file",
  "env-file": "envFile",
  dir: "dir",
  service: "service",
  restore: "restore",
  on: "on",
  tail: "tail",
  git: "git",
  branch: "branch",
  path: "path",
  schedule: "schedule",
  webhook: "webhook",
  "redeploy-token": "redeployToken",
} as const;
/** Boolean flags of `stacks`. */
export const STACK_SWITCH_FLAGS = {
  "no-deploy": "noDeploy",
  deploy: "deploy",
  build: "build",
  recreate: "recreate",
  volumes: "volumes",
  yes: "yes",
  json: "json",
  rewritten: "rewritten",
  "dry-run": "dryRun",
} as const;

type ValueFlag = (typeof STACK_VALUE_FLAGS)[keyof typeof STACK_VALUE_FLAGS];
type SwitchFlag = (typeof STACK_SWITCH_FLAGS)[keyof typeof STACK_SWITCH_FLAGS];

/** The flags of `stacks` as typed; `version` is the number of `--version N`. */
export type StackFlags =
  & { readonly [Key in ValueFlag | "version"]?: string }
  & { readonly [Key in SwitchFlag]?: boolean };

/** A parsed `dockstat stacks` command. */
export interface StackRequest {
  readonly verb: StackVerb;
  /** Names, or ids. */
  readonly names: readonly string[];
  readonly flags: StackFlags;
}

interface VerbRule {
  /** Placeholder of its argument; empty without one. */
  readonly argument: string;
  readonly several?: boolean;
  readonly flags: readonly (keyof StackFlags)[];
}

const VERBS = {
  ls: { argument: "", flags: [] },
  show: { argument: "NAME|ID", flags: ["on"] },
  create: { argument: "NAME", flags: ["file", "envFile", "dir", "on", "noDeploy", "git", "branch", "path"] },
  set: { argument: "NAME|ID", flags: ["file", "envFile", "dir", "on", "deploy"] },
  diff: { argument: "NAME|ID", flags: ["file", "version", "json", "on"] },
  ...commandRules(),
  cancel: { argument: "NAME|ID", flags: ["on"] },
  rm: { argument: "NAME|ID", flags: ["on", "volumes", "yes"] },
  release: { argument: "NAME|ID", flags: ["on"] },
  logs: { argument: "NAME|ID", flags: ["on", "tail"] },
  adopt: { argument: "PROJECT", flags: ["on", "yes"] },
  versions: { argument: "NAME|ID", flags: ["on", "restore"] },
  git: { argument: "NAME|ID", flags: ["on", "schedule", "webhook", "redeployToken"] },
  "pull-git": { argument: "NAME|ID", flags: ["on", "yes", "rewritten", "dryRun"] },
} as const satisfies Readonly<Record<string, VerbRule>>;

/** Returns the rule of each POST command of the table. */
function commandRules(): Readonly<Record<PostCommand, VerbRule>> {
  const services: readonly string[] = postCommands("service");
  const rules = postCommands("stack").map((name): [string, VerbRule] => {
    const own = services.includes(name) ? ["service"] as const : ["build", "recreate"] as const;
    return [name, { argument: "NAME|ID", several: true, flags: ["on", ...own] }];
  });
  return Object.fromEntries(rules) as Record<PostCommand, VerbRule>;
}

/** A subcommand of `dockstat stacks`. */
export type StackVerb = keyof typeof VERBS;

/**
 * Checks the subcommand, its arguments and its flags.
 *
 * @throws {AppError} "usage" for unknown, missing or surplus arguments.
 */
export function toStackRequest(args: readonly string[], flags: StackFlags): StackRequest {
  const [verb = "ls", ...names] = args;
  if (!isVerb(verb)) throw unknownVerb(verb);
  const rule: VerbRule = VERBS[verb];
  if (rule.argument !== "" && names.length === 0) throw usage(`stacks ${verb}: expected ${rule.argument}`);
  const limit = rule.several ? Infinity : rule.argument === "" ? 0 : 1;
  if (names.length > limit) throw usage(`Unexpected argument "${names[limit]}" after "stacks ${verb}"`);
  checkFlags(verb, rule, flags);
  checkTexts(verb, flags);
  checkGit(flags);
  return { verb, names, flags };
}

function checkFlags(verb: StackVerb, { flags: allowed }: VerbRule, flags: StackFlags): void {
  const keys = { ...STACK_VALUE_FLAGS, ...STACK_SWITCH_FLAGS, version: "version" } as const;
  for (const [name, key] of Object.entries(keys)) {
    if (flags[key] !== undefined && !allowed.includes(key)) {
      throw usage(`--${name} does not go with "stacks ${verb}": "dockstat stacks --help" lists its flags`);
    }
  }
  if (flags.tail !== undefined) checkTail(flags.tail);
  if (flags.restore !== undefined) checkVersion("--restore", flags.restore);
  if (flags.version !== undefined) checkVersion("--version", flags.version);
}

/** Refuses flags that name no text, or the same input twice. */
function checkTexts(verb: StackVerb, { file, envFile, dir, version, json, git }: StackFlags): void {
  if (verb === "create" && (file ?? dir ?? git) === undefined) {
    throw usage(
      "stacks create: expected --file and a compose file, --dir and its folder, or --git and a URL",
    );
  }
  if (verb === "set" && (file ?? envFile ?? dir) === undefined) {
    throw usage("stacks set: expected --file, --env-file or --dir");
  }
  if (verb === "diff" && file !== undefined && version !== undefined) {
    throw usage("--version does not go with --file: choose one of them");
  }
  if (verb === "diff" && json && (file ?? version) !== undefined) {
    throw usage("--json prints what a deployment would change: it does not go with --file or --version");
  }
  if (file === "-" && envFile === "-") {
    throw usage("--env-file: standard input can be read once, and --file reads it");
  }
}

function checkGit(
  { git, branch, path, file, dir, webhook, redeployToken, schedule = "off" }: StackFlags,
): void {
  if (git === undefined && (branch ?? path) !== undefined) throw usage("--branch and --path need --git");
  if (git !== undefined && (file ?? dir) !== undefined) {
    throw usage("--git does not go with --file or --dir");
  }
  // The address may contain a password, so it is not repeated.
  if (git !== undefined && !isGitUrl(git)) throw usage(`--git: expected ${URL_FORM}`);
  if (branch !== undefined && !isBranch(branch)) throw usage(`--branch: expected ${BRANCH_FORM}`);
  if (path !== undefined && !isRepositoryPath(path)) throw usage(`--path: expected ${PATH_FORM}`);
  if (schedule !== "off" && !isSchedule(schedule)) {
    throw usage(`--schedule: found "${schedule}": expected a duration from 1m to 7d, such as 15m, or off`);
  }
  for (const [name, value] of Object.entries({ webhook, "redeploy-token": redeployToken })) {
    if (value === undefined || value === "new" || value === "off") continue;
    throw usage(`--${name}: found "${value}": expected new or off`);
  }
}

function checkVersion(flag: string, text: string): void {
  if (!/^[1-9]\d{0,14}$/.test(text)) {
    throw usage(`${flag}: found "${text}": expected the number of a version`);
  }
}

function unknownVerb(verb: string): AppError {
  const hint = suggest(verb, Object.keys(VERBS));
  return usage(`Unknown command "stacks ${verb}": ${hint}"dockstat stacks --help" lists the commands`);
}

function usage(message: string): AppError {
  return new AppError("usage", message);
}

function isVerb(name: string): name is StackVerb {
  return Object.hasOwn(VERBS, name);
}

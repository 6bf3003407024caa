/** Arguments and flags of `dockstat stacks`, and the message for each usage error. */
import { checkTail } from "../logs/flags.ts";
import { COMMANDS, type PostCommand, postCommands } from "../../protocol/commands.ts";
import { AppError } from "../../errors.ts";
import { suggest } from "../suggest.ts";

function commandHelp(): string {
  return postCommands("stack").map((name) => {
    const also = (COMMANDS[name].targets as readonly string[]).includes("project")
      ? "; also for projects"
      : "";
    const summary = COMMANDS[name].summary;
    return `  ${`${name} NAME|ID ...`.padEnd(30)}${summary.charAt(0).toLowerCase()}${
      summary.slice(1)
    }${also}`;
  }).join("\n");
}

/** Text of `dockstat stacks --help`. */
export const STACKS_HELP = `Usage: dockstat stacks [command] [flags], against a running DockStat

Commands
  ls                            list stacks, and projects that DockStat did not create (default)
  create NAME --file FILE       create a stack and deploy it
${commandHelp()}
  rm NAME|ID                    remove the stack and its containers
  logs NAME|ID                  follow the output of its containers, until Ctrl-C
  adopt PROJECT                 take over a project that DockStat did not create

Flags
  --file FILE       create: the compose file
  --env-file FILE   create: its .env file
  --no-deploy       create: store the stack only
  --volumes         rm: remove its volumes with their data
  --tail N          logs: number of past lines (100)
  --on HOSTID       the host, if several have a stack of this name

--host, --port, --config, --token and --data, and their variables, find the server, as with "dockstat serve".
Ctrl-C cancels the operation and waits for its end. A second Ctrl-C does not wait.
Exit codes: 0 success, 1 failed or cancelled, 2 wrong usage.
`;

/** Flags of `stacks` that take a value, by their key in {@linkcode StackFlags}. */
export const STACK_VALUE_FLAGS = { file: "file", "env-file": "envFile", on: "on", tail: "tail" } as const;
/** Boolean flags of `stacks`. */
export const STACK_SWITCH_FLAGS = { "no-deploy": "noDeploy", volumes: "volumes" } as const;

/** The flags of `stacks` as typed. */
export interface StackFlags {
  readonly file?: string;
  readonly envFile?: string;
  readonly on?: string;
  readonly tail?: string;
  readonly noDeploy?: boolean;
  readonly volumes?: boolean;
}

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
  create: { argument: "NAME", flags: ["file", "envFile", "on", "noDeploy"] },
  ...commandRules(),
  rm: { argument: "NAME|ID", flags: ["on", "volumes"] },
  logs: { argument: "NAME|ID", flags: ["on", "tail"] },
  adopt: { argument: "PROJECT", flags: ["on"] },
} as const satisfies Readonly<Record<string, VerbRule>>;

/** Returns the rule of each POST command of the table. */
function commandRules(): Readonly<Record<PostCommand, VerbRule>> {
  const rule: VerbRule = { argument: "NAME|ID", several: true, flags: ["on"] };
  return Object.fromEntries(postCommands("stack").map((name) => [name, rule])) as Record<
    PostCommand,
    VerbRule
  >;
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
  if (!isVerb(verb)) {
    const hint = suggest(verb, Object.keys(VERBS));
    throw new AppError(
      "usage",
      `Unknown command "stacks ${verb}": ${hint}"dockstat stacks --help" lists the commands`,
    );
  }
  const rule: VerbRule = VERBS[verb];
  if (rule.argument !== "" && names.length === 0) {
    throw new AppError("usage", `stacks ${verb}: expected ${rule.argument}`);
  }
  const limit = rule.several ? Infinity : rule.argument === "" ? 0 : 1;
  if (names.length > limit) {
    throw new AppError("usage", `Unexpected argument "${names[limit]}" after "stacks ${verb}"`);
  }
  checkFlags(verb, rule, flags);
  return { verb, names, flags };
}

function checkFlags(verb: StackVerb, { flags: allowed }: VerbRule, flags: StackFlags): void {
  for (const [name, key] of Object.entries({ ...STACK_VALUE_FLAGS, ...STACK_SWITCH_FLAGS })) {
    if (flags[key] !== undefined && !allowed.includes(key)) {
      throw new AppError("usage", `--${name} does not go with "stacks ${verb}": "dockstat stacks --help"`);
    }
  }
  if (verb === "create" && flags.file === undefined) {
    throw new AppError("usage", "stacks create: expected --file and a compose file");
  }
  if (flags.tail !== undefined) checkTail(flags.tail);
}

function isVerb(name: string): name is StackVerb {
  return Object.hasOwn(VERBS, name);
}

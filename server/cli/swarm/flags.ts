/** Arguments and flags of `dockstat swarm`, and the message for each usage error. */
import { AppError } from "../../errors.ts";
import type { Availability } from "../../protocol/swarm/swarm.ts";
import { suggest } from "../suggest.ts";

/** Text of `dockstat swarm --help`. */
export const SWARM_HELP = `Usage: dockstat swarm [COMMAND] [flags]
Requires a running DockStat server with a swarm manager among its hosts.

Commands
  ls                    list nodes, stacks and services (the default)
  deploy NAME FILE      deploy a compose file as a stack; "-" reads standard input
  remove NAME           remove a stack with its services, secrets, configs and networks
  scale SERVICE=N ...   change the number of tasks of services
  node HOST NODE drain|pause|active
                        change the availability of a node, given by name or id; HOST is the id of a manager

Flags
  --on HOSTID         the manager; required if several swarms are managed; not for "node"
  --env-file FILE     deploy: values of the variables in the compose file
  --replace           deploy: replace a stack that DockStat did not deploy
  --yes               remove: do not ask

--host, --port, --config, --token and --data, and their variables, find the server, as with "dockstat serve".
Progress is shown until all wanted tasks run. Ctrl-C cancels the operation and waits for its end. A second Ctrl-C
does not wait. Exit codes: 0 success, 1 failed, cancelled or declined, 2 wrong usage.
`;

/** Boolean flags that only `swarm` has, by their key in {@linkcode SwarmFlags}. */
export const SWARM_SWITCH_FLAGS = { replace: "replace" } as const;
/** All flags of `swarm`; some belong to other commands too. */
export const SWARM_FLAGS = { on: "on", "env-file": "envFile", yes: "yes", ...SWARM_SWITCH_FLAGS } as const;

/** The flags of `swarm` as typed. */
export interface SwarmFlags {
  readonly on?: string;
  readonly envFile?: string;
  readonly yes?: boolean;
  readonly replace?: boolean;
}

/** A service with its wanted number of tasks. */
export interface WantedTasks {
  readonly service: string;
  readonly replicas: number;
}

/** A checked `dockstat swarm` command. */
export type SwarmRequest =
  & { readonly flags: SwarmFlags }
  & (
    | { readonly verb: "ls" }
    | { readonly verb: "deploy"; readonly name: string; readonly file: string }
    | { readonly verb: "remove"; readonly name: string }
    | { readonly verb: "scale"; readonly wanted: readonly WantedTasks[] }
    | {
      readonly verb: "node";
      readonly host: string;
      readonly node: string;
      readonly availability: Availability;
    }
  );

/** Arguments of each command, and its flags. */
const VERBS = {
  ls: { args: [], flags: ["on"] },
  deploy: { args: ["NAME", "FILE"], flags: ["on", "envFile", "replace"] },
  remove: { args: ["NAME"], flags: ["on", "yes"] },
  scale: { args: ["SERVICE=N"], flags: ["on"] },
  node: { args: ["HOST", "NODE", "drain|pause|active"], flags: [] },
} as const satisfies Readonly<
  Record<string, { readonly args: readonly string[]; readonly flags: readonly (keyof SwarmFlags)[] }>
>;
type Verb = keyof typeof VERBS;
const AVAILABILITIES = ["drain", "pause", "active"] as const satisfies readonly Availability[];

/**
 * Checks the command, its arguments and its flags.
 *
 * @throws {AppError} "usage".
 */
export function toSwarmRequest([word = "ls", ...args]: readonly string[], flags: SwarmFlags): SwarmRequest {
  if (!isVerb(word)) {
    const hint = suggest(word, Object.keys(VERBS));
    throw usage(`Unknown command "swarm ${word}": ${hint}"dockstat swarm --help" lists the commands`);
  }
  checkArguments(word, args, flags);
  const [name = "", file = ""] = args;
  if (word === "deploy") return { verb: word, name, file, flags };
  if (word === "remove") return { verb: word, name, flags };
  if (word === "node") {
    return { verb: word, host: name, node: file, availability: toAvailability(args[2]!), flags };
  }
  return word === "ls" ? { verb: word, flags } : { verb: word, wanted: args.map(toWanted), flags };
}

function checkArguments(verb: Verb, args: readonly string[], flags: SwarmFlags): void {
  const { args: expected, flags: allowed } = VERBS[verb];
  if (args.length < expected.length) throw usage(`swarm ${verb}: expected ${expected.join(" ")}`);
  if (verb !== "scale" && args.length > expected.length) {
    throw usage(`Unexpected argument "${args[expected.length]}" after "swarm ${verb}"`);
  }
  const own: readonly string[] = allowed;
  for (const [name, key] of Object.entries(SWARM_FLAGS)) {
    if (flags[key] === undefined || own.includes(key)) continue;
    throw usage(`--${name} does not go with "swarm ${verb}": "dockstat swarm --help" lists its flags`);
  }
  if (verb === "deploy" && args[1] === "-" && flags.envFile === "-") {
    throw usage("--env-file: standard input can be read once, and FILE reads it");
  }
}

function toWanted(text: string): WantedTasks {
  const [, service, digits] = /^([^=]+)=(\d{1,5})$/.exec(text) ?? [];
  if (service !== undefined && Number(digits) <= 10_000) return { service, replicas: Number(digits) };
  throw usage(`swarm scale: found "${text}": expected SERVICE=N such as shop_web=3, with N from 0 to 10000`);
}

function toAvailability(text: string): Availability {
  const availability = AVAILABILITIES.find((one) => one === text);
  if (availability !== undefined) return availability;
  const hint = suggest(text, AVAILABILITIES);
  throw usage(`swarm node: found "${text}": ${hint}expected drain, pause or active`);
}

function isVerb(word: string): word is Verb {
  return Object.hasOwn(VERBS, word);
}

function usage(message: string): AppError {
  return new AppError("usage", message);
}

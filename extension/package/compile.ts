/**
 * `deno task compile` and `compile:all`: DockStat with its dashboard as one file, for this platform or for all.
 *
 * What the file may do is what `deno task start` names, so there is one list.
 */
import project from "../../deno.json" with { type: "json" };
import { runTask, say } from "./docker_cli.ts";

/** A platform that a file is made for. */
export interface Target {
  /** As Deno names it. */
  readonly triple: string;
  /** Such as "linux-x64", which the file is named for. */
  readonly name: string;
}

/** All platforms. */
export const TARGETS: readonly Target[] = [
  { triple: "x86_64-unknown-linux-gnu", name: "linux-x64" },
  { triple: "aarch64-unknown-linux-gnu", name: "linux-arm64" },
  { triple: "x86_64-apple-darwin", name: "macos-x64" },
  { triple: "aarch64-apple-darwin", name: "macos-arm64" },
  { triple: "x86_64-pc-windows-msvc", name: "windows-x64" },
  { triple: "aarch64-pc-windows-msvc", name: "windows-arm64" },
];

const FOLDER = "dist/bin";
const NO_RUNTIME =
  "If the runtime (denort) could not be downloaded: take it from a machine that can reach dl.deno.land, and name " +
  "the file in DENORT_BIN";

/** The flags of the start task that belong to the program: V8's, and what it may do. */
export function ownFlags(command: string = project.tasks.start.command): string[] {
  const flags = command.split(" ").filter((word) => /^--(v8-flags|allow-\w+|deny-\w+)(=|$)/.test(word));
  return flags.map(withoutHome);
}

/** The home of whoever compiles is nobody else's: plugins that stand there are found by way of `docker`. */
function withoutHome(flag: string): string {
  const [name, list] = flag.split("=", 2);
  const runs = name === "--allow-run" && list !== undefined;
  return runs ? `${name}=${list.split(",").filter((path) => !path.startsWith("$HOME/")).join(",")}` : flag;
}

/** The arguments of `deno` that make a file for a target. */
export function compileArguments({ triple, name }: Target, folder: string = FOLDER): string[] {
  const file = `${folder}/dockstat-${name}${triple.includes("windows") ? ".exe" : ""}`;
  const embedded = ["--include", "dist/ui", "--exclude-unused-npm"];
  const how = ["--frozen", "--no-check", "--no-prompt"];
  return ["compile", "--target", triple, "--output", file, ...embedded, ...how, ...ownFlags(), "mod.ts"];
}

/** The targets that a task asks for: all, those that are named, or this platform. */
export function chosenTargets(args: readonly string[], here: string = Deno.build.target): readonly Target[] {
  if (args.includes("--all")) return TARGETS;
  const names = args.length === 0 ? [here] : args;
  return names.map((wanted) => {
    const found = TARGETS.find(({ triple, name }) => triple === wanted || name === wanted);
    if (found !== undefined) return found;
    throw new Error(
      `Cannot compile for "${wanted}": expected one of ${TARGETS.map(({ name }) => name).join(", ")}`,
    );
  });
}

/** Compiles for each chosen target, and gives the exit code. */
export async function compile(args: readonly string[]): Promise<number> {
  for (const target of chosenTargets(args)) {
    const { code } = await new Deno.Command("deno", { args: compileArguments(target), stdin: "null" }).spawn()
      .status;
    if (code === 0) continue;
    say(NO_RUNTIME);
    return code;
  }
  return 0;
}

if (import.meta.main) await runTask(compile);

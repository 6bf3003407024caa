/**
 * `deno task compile` and `compile:all` compile DockStat with its dashboard to one file, for this or every platform.
 *
 * The file gets the permissions of `deno task start`, so that there is only one list. On Linux it gets all of them and
 * gives some up at its start, because the runtime opens the kernel's files in no other way (decision 0015).
 */
import project from "../../deno.json" with { type: "json" };
import { report, runTask } from "./docker_cli.ts";

/** A target platform. */
export interface Target {
  /** Name of the platform in Deno. */
  readonly triple: string;
  /** Name in the file name, such as "linux-x64". */
  readonly name: string;
}

/** All target platforms. */
export const TARGETS: readonly Target[] = [
  { triple: "x86_64-unknown-linux-gnu", name: "linux-x64" },
  { triple: "aarch64-unknown-linux-gnu", name: "linux-arm64" },
  { triple: "x86_64-apple-darwin", name: "macos-x64" },
  { triple: "aarch64-apple-darwin", name: "macos-arm64" },
  { triple: "x86_64-pc-windows-msvc", name: "windows-x64" },
  { triple: "aarch64-pc-windows-msvc", name: "windows-arm64" },
];

const FOLDER = "dist/bin";
const LINUX_ENTRY = "server/compiled/program.ts";
const NO_RUNTIME =
  "If the runtime (denort) could not be downloaded: copy it from a machine that can reach dl.deno.land, and set " +
  "DENORT_BIN to its path";

/** Returns the flags of the start task for V8 and for permissions. */
export function startFlags(command: string = project.tasks.start.command): string[] {
  const flags = command.split(" ").filter((flag) => /^--(v8-flags|allow-\w+|deny-\w+)(=|$)/.test(flag));
  return flags.map(withoutHome);
}

/** Removes programs in the home folder of this user; other users' plugins are found through `docker`. */
function withoutHome(flag: string): string {
  const [name, list] = flag.split("=", 2);
  const runs = name === "--allow-run" && list !== undefined;
  return runs ? `${name}=${list.split(",").filter((path) => !path.startsWith("$HOME/")).join(",")}` : flag;
}

/** Builds the arguments of `deno` that compile for a target. */
export function compileArguments({ triple, name }: Target, folder: string = FOLDER): string[] {
  const file = `${folder}/dockstat-${name}${triple.includes("windows") ? ".exe" : ""}`;
  const embedded = ["--include", "dist/ui", "--exclude-unused-npm"];
  const options = ["--frozen", "--no-check", "--no-prompt"];
  const entry = triple.includes("linux")
    ? [...startFlags().filter((flag) => flag.startsWith("--v8-flags=")), "--allow-all", LINUX_ENTRY]
    : [...startFlags(), "mod.ts"];
  return [
    "compile",
    "--target",
    triple,
    "--output",
    file,
    ...embedded,
    ...options,
    ...entry,
  ];
}

/** Returns the targets of a task: all, the named ones, or this platform. */
export function chosenTargets(args: readonly string[], here: string = Deno.build.target): readonly Target[] {
  if (args.includes("--all")) return TARGETS;
  const names = args.length === 0 ? [here] : args;
  return names.map((requested) => {
    const found = TARGETS.find(({ triple, name }) => triple === requested || name === requested);
    if (found !== undefined) return found;
    throw new Error(
      `Cannot compile for "${requested}": expected one of ${TARGETS.map(({ name }) => name).join(", ")}`,
    );
  });
}

/** Compiles for each chosen target and returns the exit code. */
export async function compile(args: readonly string[]): Promise<number> {
  for (const target of chosenTargets(args)) {
    const { code } = await new Deno.Command("deno", { args: compileArguments(target), stdin: "null" }).spawn()
      .status;
    if (code === 0) continue;
    report(NO_RUNTIME);
    return code;
  }
  return 0;
}

if (import.meta.main) await runTask(compile);

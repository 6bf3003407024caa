/** Finds Compose: the plugin or the standalone binary, version 2.20 or newer. */
import type { ChildEnvironment } from "../config/child_environment.ts";
import { AppError } from "../errors.ts";

/** How Compose is called here, and what it can do. */
export interface ComposeCommand {
  /** The program and its first arguments. */
  readonly argv: readonly [string, ...string[]];
  /** Such as "2.40.3". */
  readonly version: string;
  readonly progress: "json" | "plain";
}

/** Where a plugin stands, in the order in which the `docker` command looks. */
const PLUGIN_FOLDERS = [
  "/usr/local/lib/docker/cli-plugins",
  "/usr/local/libexec/docker/cli-plugins",
  "/usr/lib/docker/cli-plugins",
  "/usr/libexec/docker/cli-plugins",
  "/Applications/Docker.app/Contents/Resources/cli-plugins",
];
const PROGRAM = "docker-compose";

/** A program that Deno may not start. */
const FORBIDDEN: unique symbol = Symbol("forbidden");

/**
 * Finds Compose.
 *
 * A plugin is started itself and not by `docker compose`: older `docker` commands do not pass signals on.
 *
 * @throws {AppError} "unavailable" when there is none, or only one that is too old.
 */
export async function findCompose(env: ChildEnvironment): Promise<ComposeCommand> {
  const old: string[] = [];
  let forbidden = false;
  for (const argv of candidates(env)) {
    const version = await versionOf(argv, env);
    forbidden ||= version === FORBIDDEN;
    if (version === undefined || version === FORBIDDEN) continue;
    const { supported, progress } = judge(version);
    if (supported) return { argv, version, progress };
    old.push(version);
  }
  throw new AppError("unavailable", `Cannot run stacks: ${whyNot(old[0], forbidden)}`);
}

function whyNot(old: string | undefined, forbidden: boolean): string {
  const how = "docs.docker.com/compose/install tells how to install it";
  if (old !== undefined) return `Compose ${old} is too old: 2.20 or newer is needed; ${how}`;
  if (forbidden) {
    return "DockStat may not start Compose: --allow-run=docker (or the path of docker-compose) allows it";
  }
  return `Compose was not found, neither as a plugin of docker nor as docker-compose (2.20 or newer); ${how}`;
}

function candidates(env: ChildEnvironment): [string, ...string[]][] {
  const home = env["HOME"] ?? env["USERPROFILE"];
  const own = env["DOCKER_CONFIG"] ?? (home === undefined ? undefined : `${home}/.docker`);
  const folders = own === undefined ? PLUGIN_FOLDERS : [`${own}/cli-plugins`, ...PLUGIN_FOLDERS];
  const path = (env["PATH"] ?? "").split(":").filter((folder) => folder.startsWith("/"));
  return [
    ...[...folders, ...path].map((folder): [string] => [`${folder}/${PROGRAM}`]),
    [PROGRAM],
    ["docker", "compose"],
  ];
}

async function versionOf(
  [program, ...args]: [string, ...string[]],
  env: ChildEnvironment,
): Promise<string | typeof FORBIDDEN | undefined> {
  try {
    const { success, stdout } = await new Deno.Command(program, {
      args: [...args, "version", "--short"],
      clearEnv: true,
      env: { ...env },
      stdin: "null",
      stderr: "null",
    }).output();
    return success ? new TextDecoder().decode(stdout).trim().replace(/^v/, "") || undefined : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return FORBIDDEN;
    const absent = error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied ||
      error instanceof Deno.errors.NotADirectory;
    if (absent) return undefined;
    throw error;
  }
}

/** Progress as JSON came with 2.29. */
function judge(version: string): { supported: boolean; progress: ComposeCommand["progress"] } {
  const [major = 0, minor = 0] = version.split(".").map((part) => parseInt(part) || 0);
  const atLeast = (least: number) => major > 2 || major === 2 && minor >= least;
  return { supported: atLeast(20), progress: atLeast(29) ? "json" : "plain" };
}

/** Finds Compose 2.20 or newer, as a plugin of docker or as a standalone binary. */
import type { ChildEnvironment } from "../config/child_environment.ts";
import { AppError } from "../errors.ts";

/** The command that starts Compose, and its features. */
export interface ComposeCommand {
  /** Program and first arguments. */
  readonly argv: readonly [string, ...string[]];
  /** Version, such as "2.40.3". */
  readonly version: string;
  readonly progress: "json" | "plain";
  /** Programs before it in the search order that exist but could not be started. */
  readonly skipped: readonly string[];
}

/** The Compose that DockStat uses, and the one that `docker compose` starts for the user. */
export interface ComposeVersions {
  /** `null` if none was found. */
  readonly used: string | null;
  /** `null` if it cannot be started. */
  readonly user: string | null;
  /** Programs that exist but could not be started. */
  readonly skipped: readonly string[];
}

/** Folders of plugins, in the search order of the `docker` command. */
const PLUGIN_FOLDERS = [
  "/usr/local/lib/docker/cli-plugins",
  "/usr/local/libexec/docker/cli-plugins",
  "/usr/lib/docker/cli-plugins",
  "/usr/libexec/docker/cli-plugins",
  "/Applications/Docker.app/Contents/Resources/cli-plugins",
];
const PROGRAM = "docker-compose";

/** Result for a program that Deno is not allowed to start. */
const FORBIDDEN: unique symbol = Symbol("forbidden");

/**
 * Finds Compose.
 *
 * Starts a plugin directly rather than with `docker compose`: older `docker` commands do not forward signals.
 *
 * @param pluginFolders Folders of plugins, searched after that of the user.
 * @throws {AppError} "unavailable" if Compose is missing or too old.
 */
export async function findCompose(
  env: ChildEnvironment,
  pluginFolders: readonly string[] = PLUGIN_FOLDERS,
): Promise<ComposeCommand> {
  const old: string[] = [];
  const skipped: string[] = [];
  let forbidden = false;
  for (const argv of candidates(env, pluginFolders)) {
    const version = await versionOf(argv, env);
    if (version === FORBIDDEN && await isFile(argv[0])) skipped.push(argv[0]);
    // Deno also forbids a program that does not exist, even one that --allow-run names.
    forbidden ||= version === FORBIDDEN && await mayExist(argv[0], env);
    if (version === undefined || version === FORBIDDEN) continue;
    const { supported, progress } = featuresOf(version);
    if (supported) return { argv, version, progress, skipped };
    old.push(version);
  }
  throw new AppError("unavailable", `Cannot run stacks: ${obstacle(old[0], forbidden)}`);
}

function obstacle(old: string | undefined, forbidden: boolean): string {
  const install = "See docs.docker.com/compose/install";
  if (old !== undefined) return `Compose ${old} is too old, 2.20 or newer is required. ${install}`;
  if (forbidden) {
    return "DockStat is not allowed to start Compose. Add --allow-run=docker or the path of docker-compose";
  }
  return `Compose 2.20 or newer is not installed, neither as a plugin of docker nor as docker-compose. ${install}`;
}

function candidates(env: ChildEnvironment, pluginFolders: readonly string[]): [string, ...string[]][] {
  const home = env["HOME"] ?? env["USERPROFILE"];
  const own = env["DOCKER_CONFIG"] ?? (home === undefined ? undefined : `${home}/.docker`);
  const folders = own === undefined ? pluginFolders : [`${own}/cli-plugins`, ...pluginFolders];
  return [
    ...[...folders, ...foldersOf(env)].map((folder): [string] => [`${folder}/${PROGRAM}`]),
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

/** JSON progress exists since 2.29. */
function featuresOf(version: string): { supported: boolean; progress: ComposeCommand["progress"] } {
  const [major = 0, minor = 0] = version.split(".").map((part) => parseInt(part) || 0);
  const atLeast = (minimum: number) => major > 2 || major === 2 && minor >= minimum;
  return { supported: atLeast(20), progress: atLeast(29) ? "json" : "plain" };
}

/** Finds the versions of Compose that DockStat and the user start; never rejects. */
export async function composeVersions(env: ChildEnvironment): Promise<ComposeVersions> {
  const found = await findCompose(env).catch((error) => {
    if (error instanceof AppError) return undefined;
    throw error;
  });
  const user = await versionOf(["docker", "compose"], env).catch(() => undefined);
  return {
    used: found?.version ?? null,
    user: typeof user === "string" ? user : null,
    skipped: found?.skipped ?? [],
  };
}

/** Reports whether a program exists, or may exist where Deno cannot read. */
async function mayExist(program: string, env: ChildEnvironment): Promise<boolean> {
  const paths = program.startsWith("/") ? [program] : foldersOf(env).map((folder) => `${folder}/${program}`);
  const found = await Promise.all(
    paths.map((path) =>
      Deno.stat(path).then(({ isFile }) => isFile, (error) => error instanceof Deno.errors.NotCapable)
    ),
  );
  return found.includes(true);
}

function foldersOf(env: ChildEnvironment): string[] {
  return (env["PATH"] ?? "").split(":").filter((folder) => folder.startsWith("/"));
}

async function isFile(path: string): Promise<boolean> {
  return path.startsWith("/") && await Deno.stat(path).then(({ isFile }) => isFile, () => false);
}

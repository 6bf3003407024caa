/** Finds the Docker CLI, which deploys the stacks of a swarm. */
import type { ChildEnvironment } from "../../config/child_environment.ts";
import { AppError } from "../../errors.ts";

/** Oldest version that has every option that DockStat uses. */
const OLDEST = 26;

const INSTALL = `Install the Docker CLI ${OLDEST} or newer (package docker-ce-cli or docker-cli). ` +
  "In DockStat's image it is at /usr/local/bin/docker";

/**
 * Checks that the Docker CLI can be started.
 *
 * @throws {AppError} "unavailable" with what is missing.
 */
export async function checkDocker(env: ChildEnvironment): Promise<void> {
  const text = await versionText(env);
  const major = Number(/^Docker version (\d+)\./.exec(text)?.[1]);
  if (major >= OLDEST) return;
  const found = text.split("\n", 1)[0]!.slice(0, 80);
  throw missing(
    Number.isNaN(major) ? `"docker" is another program (${found})` : `${found} is too old`,
  );
}

async function versionText(env: ChildEnvironment): Promise<string> {
  try {
    const { stdout } = await new Deno.Command("docker", {
      args: ["--version"],
      clearEnv: true,
      env: { ...env },
      stdin: "null",
      stderr: "null",
    }).output();
    return new TextDecoder().decode(stdout).trim();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) {
      throw missing("DockStat is not allowed to start it. Add --allow-run=docker");
    }
    const isAbsent = error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied;
    if (isAbsent) throw missing("the Docker CLI is not installed");
    throw error;
  }
}

function missing(why: string): AppError {
  return new AppError("unavailable", `Cannot deploy to a swarm: ${why}. ${INSTALL}`);
}

/** `deno task extension:install [IMAGE]`: the image into Docker Desktop; a newer one replaces an older. */
import { ask, parseRequest, runTask, say, show } from "./docker_cli.ts";

const NO_DESKTOP =
  'This docker command has no "extension": it comes with Docker Desktop, which does not answer here. ' +
  "Without Desktop the same dashboard runs with: docker compose up -d";
const HINT =
  'If Desktop refuses it: turn off Settings > Extensions > "Allow only extensions distributed through the ' +
  'Docker Marketplace", and try again';

/**
 * Installs the image.
 *
 * @returns the exit code of `docker extension`.
 * @throws {Error} when there is no Desktop, or no such image.
 */
export async function install(args: readonly string[]): Promise<number> {
  const { image, flags } = parseRequest(args);
  const installed = await installedExtensions();
  await demandImage(image);
  const repository = image.replace(/:[^:/]*$/, "");
  const verb = installed.split(/\s+/).some((word) => word.replace(/:[^:/]*$/, "") === repository)
    ? "update"
    : "install";
  const code = await show("extension", verb, ...flags, image);
  if (code !== 0) say(HINT);
  return code;
}

async function installedExtensions(): Promise<string> {
  try {
    return await ask("extension", "ls");
  } catch (cause) {
    throw new Error(NO_DESKTOP, { cause });
  }
}

async function demandImage(image: string): Promise<void> {
  try {
    await ask("image", "inspect", "--format", "{{.Id}}", image);
  } catch (cause) {
    throw new Error(`There is no image ${image} here: "deno task extension:build" makes it`, { cause });
  }
}

if (import.meta.main) await runTask(install);

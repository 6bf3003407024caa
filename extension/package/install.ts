/** `deno task extension:install [IMAGE]` installs the image into Docker Desktop, or updates an installed one. */
import { capture, parseRequest, report, run, runTask } from "./docker_cli.ts";

const NO_DESKTOP =
  'This docker command has no "extension". It comes with Docker Desktop, which is not running here. ' +
  "Without Desktop the same dashboard runs with: docker compose up -d";
const HINT =
  'If Desktop refuses the image: turn off Settings > Extensions > "Allow only extensions distributed through the ' +
  'Docker Marketplace", and try again';

/**
 * Installs the image.
 *
 * @returns Exit code of `docker extension`.
 * @throws {Error} when Desktop or the image is missing.
 */
export async function install(args: readonly string[]): Promise<number> {
  const { image, flags } = parseRequest(args);
  const installed = await installedExtensions();
  await requireImage(image);
  const repository = image.replace(/:[^:/]*$/, "");
  const verb = installed.split(/\s+/).some((name) => name.replace(/:[^:/]*$/, "") === repository)
    ? "update"
    : "install";
  const code = await run("extension", verb, ...flags, image);
  if (code !== 0) report(HINT);
  return code;
}

async function installedExtensions(): Promise<string> {
  try {
    return await capture("extension", "ls");
  } catch (cause) {
    throw new Error(NO_DESKTOP, { cause });
  }
}

async function requireImage(image: string): Promise<void> {
  try {
    await capture("image", "inspect", "--format", "{{.Id}}", image);
  } catch (cause) {
    throw new Error(`There is no image ${image} here. Build it with: deno task extension:build`, { cause });
  }
}

if (import.meta.main) await runTask(install);

/** `deno task extension:build [IMAGE] [flags of docker build]` builds the image from this checkout. */
import { parseRequest, report, run, runTask } from "./docker_cli.ts";

const FOLDER = new URL("../..", import.meta.url);

/** Builds the image and returns the exit code of `docker build`. */
export async function build(args: readonly string[]): Promise<number> {
  const { image, flags } = parseRequest(args);
  const code = await run("build", "--tag", image, ...flags, folder());
  if (code === 0) report(`Built ${image}`);
  return code;
}

/** Returns the root of the checkout as a path of this platform. */
function folder(): string {
  const path = decodeURIComponent(FOLDER.pathname);
  return Deno.build.os === "windows" ? path.slice(1) : path;
}

if (import.meta.main) await runTask(build);

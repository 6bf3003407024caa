/** `deno task extension:build [IMAGE] [flags of docker build]`: the image, from this checkout. */
import { parseRequest, runTask, say, show } from "./docker_cli.ts";

const FOLDER = new URL("../..", import.meta.url);

/** Builds the image, and gives the exit code of `docker build`. */
export async function build(args: readonly string[]): Promise<number> {
  const { image, flags } = parseRequest(args);
  const code = await show("build", "--tag", image, ...flags, folder());
  if (code === 0) say(`Built ${image}`);
  return code;
}

/** The root of the checkout, as the system writes it. */
function folder(): string {
  const path = decodeURIComponent(FOLDER.pathname);
  return Deno.build.os === "windows" ? path.slice(1) : path;
}

if (import.meta.main) await runTask(build);

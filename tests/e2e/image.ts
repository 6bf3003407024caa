/** The image of this checkout, built by a real engine. */
import { IMAGE } from "../../extension/package/docker_cli.ts";
import { tryRun } from "../../tools/engine/run.ts";
import { substitutes } from "./base_images.ts";
import { docker, type RealEngine } from "./engines.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const DAY_MS = 86_400_000;

/** Builds the image under a test name, and returns the name. */
export async function buildImage(engine: RealEngine): Promise<string> {
  const image = `dockstat-test/${IMAGE.split("/").at(-1)}`;
  await using bases = await substitutes(engine);
  // A substitute has the certificates of this machine, possibly with those of a proxy.
  const trust = bases.names.some((name) => name.startsWith("debian:")) ? ["DENO_TLS_CA_STORE=system"] : [];
  const settings = [...trust, ...await registrySettings()].flatMap((setting) => ["--build-arg", setting]);
  const flags = ["--network", "host", "--force-rm", ...settings];
  await build(engine, [image, ...flags]);
  await removeOldLayers(engine);
  return image;
}

/** Builds with enough output in the error, since the cause is far above the builder's last line. */
async function build(engine: RealEngine, args: readonly string[]): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "extension:build", ...args],
    cwd: ROOT,
    env: { DOCKER_HOST: engine.url, DOCKER_BUILDKIT: "0", NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const output = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes).trim().slice(-4000));
  if (!success) throw new Error(`The image cannot be built:\n${output.join("\n")}`);
}

/** Returns build arguments for the npm registry and proxies of this machine. */
async function registrySettings(): Promise<string[]> {
  const registry = Deno.env.get("NPM_CONFIG_REGISTRY") ?? await tryRun("npm", ["config", "get", "registry"]);
  const proxies = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"].filter((name) => Deno.env.get(name));
  return [...registry === undefined ? [] : [`NPM_CONFIG_REGISTRY=${registry}`], ...proxies];
}

/** Removes layers that earlier builds left behind. */
async function removeOldLayers(engine: RealEngine): Promise<void> {
  const ids = await docker(engine, "images", "--quiet", "--no-trunc", "--filter", "dangling=true");
  for (const id of new Set(ids.split("\n").filter((line) => line !== ""))) {
    const [{ Created, Config }] = JSON.parse(await docker(engine, "image", "inspect", id));
    const ours = Config?.WorkingDir?.startsWith("/dockstat") || Config?.Entrypoint?.[0] === "dockstat";
    if (ours && Date.now() - Date.parse(Created) > DAY_MS) {
      await tryRun("docker", ["-H", engine.url, "rmi", id]);
    }
  }
}

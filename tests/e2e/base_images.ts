/** Stand-ins for the images that the Dockerfile starts from, for machines that cannot pull: tagged while they are used. */
import { BASE_SYSTEM, missingBaseImages } from "../../tools/engine/base_images.ts";
import { run, tryRun } from "../../tools/engine/run.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { docker, type RealEngine } from "./engines.ts";

const CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt";
const PLUGIN_FOLDERS = ["/usr/local/lib", "/usr/local/libexec", "/usr/lib", "/usr/libexec"];

/** What goes into a stand-in: files by their path in it, and a system to begin with. */
interface Content {
  readonly system?: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Stand-ins that bear the names of base images for one scope. */
export interface StandIns extends AsyncDisposable {
  readonly names: readonly string[];
}

/**
 * Gives the base images that the engine lacks a stand-in each.
 *
 * What was made is kept under a name of the tests', so that a build finds its cache again.
 */
export async function standIns(engine: RealEngine): Promise<StandIns> {
  const names = await missingBaseImages(["-H", engine.url]);
  for (const name of names) await docker(engine, "tag", await standIn(engine, name), name);
  return {
    names,
    async [Symbol.asyncDispose]() {
      for (const name of names) await docker(engine, "image", "rm", name);
    },
  };
}

async function standIn(engine: RealEngine, name: string): Promise<string> {
  const content = await contentOf(name);
  const kept = `dockstat-test/${name.replace(/[/:]/g, "-")}:${await fingerprint(content)}`;
  if (await tryRun("docker", ["-H", engine.url, "image", "inspect", kept]) !== undefined) return kept;
  using folder = temporaryFolder({});
  const tar = folder.path("image.tar");
  if (content.system === undefined) await run("tar", ["-cf", tar, "-T", "/dev/null"]);
  else await Deno.copyFile(content.system, tar);
  for (const [path, file] of Object.entries(content.files)) {
    const target = folder.path(`root/${path}`);
    await Deno.mkdir(target.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.copyFile(file, target);
    await run("tar", ["-rf", tar, "-C", folder.path("root"), `./${path}`]);
  }
  await docker(engine, "import", tar, kept);
  return kept;
}

async function contentOf(name: string): Promise<Content> {
  if (name.startsWith("denoland/deno:")) return { files: { deno: Deno.execPath() } };
  if (name.startsWith("docker/compose-bin:")) return { files: { "docker-compose": await composePlugin() } };
  if (name.startsWith("debian:")) {
    const certificates = await exists(CERTIFICATES) ? { [CERTIFICATES.slice(1)]: CERTIFICATES } : {};
    if (await exists(BASE_SYSTEM)) return { system: BASE_SYSTEM, files: certificates };
  }
  throw new Error(
    `The image ${name} cannot be pulled here, and nothing stands in for it: "deno task engine --tests"`,
  );
}

async function composePlugin(): Promise<string> {
  for (const folder of PLUGIN_FOLDERS) {
    const path = `${folder}/docker/cli-plugins/docker-compose`;
    if (await exists(path)) return path;
  }
  throw new Error('The plugin of Compose is in none of the usual folders: "deno task engine --tests"');
}

/** Changes when a file does. */
async function fingerprint({ system, files }: Content): Promise<string> {
  const paths = [...system === undefined ? [] : [system], ...Object.values(files)];
  const stats = await Promise.all(paths.map((path) => Deno.stat(path)));
  const text = stats.map(({ size, mtime }) => `${size} ${mtime?.getTime()}`).join("\n");
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(hash).toHex().slice(0, 12);
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** Substitutes for the base images of the Dockerfile, for machines that cannot pull; they exist for one scope. */
import { BASE_SYSTEM, missingBaseImages } from "../../tools/engine/base_images.ts";
import { run, tryRun } from "../../tools/engine/run.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { docker, type RealEngine } from "./engines.ts";

const CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt";
const PLUGIN_FOLDERS = ["/usr/local/lib", "/usr/local/libexec", "/usr/lib", "/usr/libexec"];

/** Content of a substitute: files by path, and an optional system as a tar file. */
interface Content {
  readonly system?: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Substitutes under the names of base images for one scope. */
export interface Substitutes extends AsyncDisposable {
  readonly names: readonly string[];
}

/**
 * Creates a substitute for each base image that the engine lacks.
 *
 * Each is kept under a test name, so that later builds find their cache.
 */
export async function substitutes(engine: RealEngine): Promise<Substitutes> {
  const names = await missingBaseImages(["-H", engine.url]);
  for (const name of names) await docker(engine, "tag", await substitute(engine, name), name);
  return {
    names,
    async [Symbol.asyncDispose]() {
      for (const name of names) await docker(engine, "image", "rm", name);
    },
  };
}

async function substitute(engine: RealEngine, name: string): Promise<string> {
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
  if (name.startsWith("docker/buildx-bin:")) return { files: { buildx: await buildxPlugin() } };
  if (name.startsWith("docker:")) return { files: { "usr/local/bin/docker": await dockerCli() } };
  if (name.startsWith("debian:")) {
    const certificates = await exists(CERTIFICATES) ? { [CERTIFICATES.slice(1)]: CERTIFICATES } : {};
    if (await exists(BASE_SYSTEM)) return { system: BASE_SYSTEM, files: certificates };
  }
  throw new Error(
    `The image ${name} can neither be pulled nor substituted here. Run "deno task engine --tests"`,
  );
}

/** A program without a function, where buildx is not installed: no test builds in the image. */
const NO_BUILDX = new URL("../fixtures/no_buildx.sh", import.meta.url).pathname;

async function buildxPlugin(): Promise<string> {
  return await findPlugin("docker-buildx") ?? NO_BUILDX;
}

async function findPlugin(name: string): Promise<string | undefined> {
  for (const folder of PLUGIN_FOLDERS) {
    const path = `${folder}/docker/cli-plugins/${name}`;
    if (await exists(path)) return path;
  }
  return undefined;
}

async function composePlugin(): Promise<string> {
  const path = await findPlugin("docker-compose");
  if (path !== undefined) return path;
  throw new Error('The Compose plugin is in none of the usual folders. Run "deno task engine --tests"');
}

async function dockerCli(): Promise<string> {
  for (const folder of (Deno.env.get("PATH") ?? "").split(":")) {
    if (await exists(`${folder}/docker`)) return `${folder}/docker`;
  }
  throw new Error('The docker command is not in PATH. Run "deno task engine --tests"');
}

/** Returns a text that changes with the files. */
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

/** `deno task extension:validate [IMAGE]` checks whether Docker Desktop would accept the image. */
import { capture, parseRequest, report, runTask } from "./docker_cli.ts";
import { addressesOf, checkCompose, checkIcon, checkPage, readMetadata } from "./file_rules.ts";
import { checkLabels, checkName, type Labels } from "./label_rules.ts";

/** Files that must exist and be executable. */
const PROGRAMS = [
  "/usr/local/bin/deno",
  "/usr/local/bin/dockstat",
  "/usr/local/lib/docker/cli-plugins/docker-compose",
];
const PLATFORMS = ["linux/amd64", "linux/arm64"];

/** Files of an image, copied out of it. */
interface ImageFiles extends AsyncDisposable {
  /** Reads a file; `undefined` when it does not exist. */
  readonly text: (path: string) => Promise<string | undefined>;
  /** Returns whether a file exists and is executable. */
  readonly isExecutable: (path: string) => Promise<boolean>;
}

/** Checks an image, reports violations, and returns the exit code. */
export async function validate(args: readonly string[]): Promise<number> {
  const { image } = parseRequest(args);
  const violations = await findViolations(image);
  for (const message of violations) report(`${image}: ${message}`);
  if (violations.length === 0) {
    report(`${image}: name, platform, labels, metadata and layout meet the rules of Docker Desktop`);
  }
  return violations.length === 0 ? 0 : 1;
}

/** Returns messages about the violations of an image. */
export async function findViolations(image: string): Promise<readonly string[]> {
  const [{ Os, Architecture, Config }] = JSON.parse(await capture("image", "inspect", image)) as [
    ImageDocument,
  ];
  const platform = `${Os}/${Architecture}`;
  await using files = await openFiles(image);
  return [
    ...checkName(image),
    ...PLATFORMS.includes(platform)
      ? []
      : [`platform: found ${platform}: expected ${PLATFORMS.join(" or ")}`],
    ...checkLabels(Config.Labels ?? {}),
    ...await checkLayout(files),
  ];
}

interface ImageDocument {
  readonly Os: string;
  readonly Architecture: string;
  readonly Config: { readonly Labels?: Labels | null };
}

async function checkLayout(files: ImageFiles): Promise<string[]> {
  const text = await files.text("/metadata.json");
  if (text === undefined) return ["/metadata.json: the image has no such file"];
  const metadata = readMetadata(text);
  if (Array.isArray(metadata)) return metadata;
  const { root, src } = metadata.ui["dashboard-tab"];
  const folder = root.startsWith("/") ? root : `/${root}`;
  const page = await files.text(`${folder}/${src}`);
  const loaded = addressesOf(page ?? "").map((address) => `${folder}/${address.replace(/^\.\//, "")}`);
  return [
    ...await check(files, `/${metadata.icon}`, checkIcon),
    ...await check(files, `/${metadata.vm.composefile}`, checkCompose),
    ...await check(files, `${folder}/${src}`, checkPage),
    ...(await Promise.all(loaded.map((path) => check(files, path, () => [])))).flat(),
    ...(await Promise.all(
      PROGRAMS.map(async (path) => await files.isExecutable(path) ? [] : [`${path}: not executable`]),
    ))
      .flat(),
  ];
}

async function check(files: ImageFiles, path: string, rule: (text: string) => string[]): Promise<string[]> {
  const text = await files.text(path);
  return text === undefined ? [`${path}: the image has no such file`] : rule(text);
}

/** Creates a container to copy files from; it is never started. */
async function openFiles(image: string): Promise<ImageFiles> {
  const container = await capture("create", image, "serve");
  const folder = `dist/validate-${container.slice(0, 12)}`;
  await Deno.mkdir(folder, { recursive: true });
  const copy = async (path: string) => {
    const target = `${folder}/${crypto.randomUUID()}`;
    try {
      await capture("cp", "--follow-link", `${container}:${path}`, target);
      return target;
    } catch (error) {
      if (/could not find|no such|not found/i.test(String(error))) return undefined;
      throw error;
    }
  };
  return {
    text: async (path) => {
      const file = await copy(path);
      return file === undefined ? undefined : await Deno.readTextFile(file);
    },
    isExecutable: async (path) => {
      const file = await copy(path);
      return file !== undefined && ((await Deno.stat(file)).mode ?? 0o111) % 2 === 1;
    },
    async [Symbol.asyncDispose]() {
      await capture("rm", "--volumes", container);
      await Deno.remove(folder, { recursive: true });
    },
  };
}

if (import.meta.main) await runTask(validate);

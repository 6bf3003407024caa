/** Containers of the image, as an extension of Docker Desktop and with our compose files. */
// @ts-types="../../server/types/yaml.d.ts"
import { parse } from "@std/yaml";
import { eventually } from "../assert.ts";
import { run } from "../../tools/engine/run.ts";
import { repositoryFile } from "../extension/dockerfile.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { docker, type RealEngine } from "./engines.ts";
import { projectName } from "./stacks.ts";

/** A container of the image. */
export interface ImageRun extends AsyncDisposable {
  readonly project: string;
  /** Id of the container. */
  readonly container: string;
}

/** The image, run as an extension. */
export interface Extension extends ImageRun {
  /** Socket of the backend on this machine, which `vm.service` connects to. */
  readonly socket: string;
}

interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
}

interface Service {
  readonly build?: unknown;
  readonly volumes?: readonly string[];
}

/** A short interval, so that tests need not wait for the health check. */
const HEALTHCHECK = { interval: "500ms" };

/** Starts our compose file as Docker Desktop does, and waits until the backend listens. */
export async function startExtension(engine: RealEngine, image: string): Promise<Extension> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(temporaryFolder({}));
  await Deno.mkdir(folder.path("services"));
  const file = await readCompose("extension/compose.yaml");
  const started = stack.use(
    await start(engine, asExtension(file, image, folder.path("services")), {
      DESKTOP_PLUGIN_IMAGE: image,
    }),
  );
  const socket = folder.path("services/backend.sock");
  await eventually("the backend", () => listens(socket));
  const parts = stack.move();
  return { ...started, socket, [Symbol.asyncDispose]: () => parts.disposeAsync() };
}

/** Returns whether a program listens on a socket, whose file appears slightly earlier. */
async function listens(path: string): Promise<boolean> {
  try {
    (await Deno.connect({ transport: "unix", path })).close();
    return true;
  } catch (error) {
    const early = error instanceof Deno.errors.NotFound || error instanceof Deno.errors.ConnectionRefused;
    if (early) return false;
    throw error;
  }
}

/** Starts `compose.yaml` with an image, published on a port of this machine. */
export async function startByCompose(engine: RealEngine, image: string, port: number): Promise<ImageRun> {
  const { services, ...others } = await readCompose("compose.yaml");
  const changed = Object.entries(services).map(([name, { build: _build, ...service }]) =>
    [name, { ...service, image, healthcheck: HEALTHCHECK }] as const
  );
  const file = { ...others, services: Object.fromEntries(changed) };
  return await start(engine, file, { DOCKSTAT_PORT: String(port) });
}

/** Waits until the engine reports a container as healthy. */
export async function healthy(engine: RealEngine, { container }: ImageRun): Promise<void> {
  const format = "{{.State.Health.Status}}";
  await eventually(
    "health",
    async () => await docker(engine, "inspect", "--format", format, container) === "healthy",
  );
}

async function readCompose(path: string): Promise<ComposeFile> {
  return parse(await repositoryFile(path)) as ComposeFile;
}

function asExtension(
  { services, ...others }: ComposeFile,
  image: string,
  guestServices: string,
): ComposeFile {
  const rewritten = Object.entries(services).map(([name, service]) => [name, {
    ...service,
    labels: { "com.docker.desktop.extension": "true", "com.docker.desktop.extension.name": image },
    restart: "always",
    volumes: [...service.volumes ?? [], `${guestServices}:/run/guest-services`],
    healthcheck: HEALTHCHECK,
  }]);
  return { ...others, services: Object.fromEntries(rewritten) };
}

async function start(
  engine: RealEngine,
  file: ComposeFile,
  env: Readonly<Record<string, string>>,
): Promise<ImageRun> {
  await using stack = new AsyncDisposableStack();
  using folder = temporaryFolder({ "compose.json": JSON.stringify(file) });
  const { name: project } = stack.use(projectName(engine));
  await run("docker", ["compose", "-f", folder.path("compose.json"), "-p", project, "up", "-d"], {
    env: { ...env, DOCKER_HOST: engine.url },
  });
  const filter = `label=com.docker.compose.project=${project}`;
  const container = await docker(engine, "ps", "-q", "--no-trunc", "--filter", filter);
  const parts = stack.move();
  return { project, container, [Symbol.asyncDispose]: () => parts.disposeAsync() };
}

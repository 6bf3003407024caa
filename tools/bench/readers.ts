/** The ways in which DockStat reads the numbers of real containers. */
import type { RealEngine } from "../../tests/e2e/engines.ts";
import { BENCH_TOKEN, type Child, startServer, startViewers, taskArguments } from "./children.ts";
import { pause } from "./run.ts";

/** A way of reading. */
export type Way = "permissions" | "mounts" | "process" | "engine";

/** Name of each way in the table. */
export const WAY_NAMES: Readonly<Record<Way, string>> = {
  permissions: "kernel, all permissions",
  mounts: "kernel, mounts and no capability as in the image",
  process: "kernel, reader process",
  engine: "engine",
};

/** Folder for the mounts, which the image has too. */
const HOST = "/host";

/** Mounts the kernel's files as `docker run` does, and starts a program without capabilities. */
const IN_MOUNTS = `set -e
mount -t tmpfs none ${HOST}
mkdir ${HOST}/proc ${HOST}/cgroup
mount --rbind /proc ${HOST}/proc
mount --rbind /sys/fs/cgroup ${HOST}/cgroup
exec setpriv --bounding-set=-all --inh-caps=-all "$@"`;

/** A server that reads real containers; {@linkcode checkReader} checks its way of reading. */
export interface ReadingServer extends AsyncDisposable {
  readonly pid: number;
  readonly url: string;
}

/** Starts a server that reads in one way. With `always` it reads without viewers as well. */
export async function startReading(
  engine: RealEngine,
  way: Way,
  always = false,
): Promise<ReadingServer> {
  await using stack = new AsyncDisposableStack();
  if (way === "mounts") useFolder(stack, HOST);
  const server = stack.use(
    startServer(commandOf(way), [], { DOCKER_HOST: engine.url }, `{ always: ${always} }`),
  );
  const url = await server.first;
  const ended = stack.move();
  return { pid: server.pid, url, [Symbol.asyncDispose]: () => ended.disposeAsync() };
}

function commandOf(way: Way): string[] {
  const deno = Deno.execPath();
  const args = taskArguments(way === "process" ? "start:kernel" : "start");
  if (way === "engine" || way === "process") return [deno, ...args];
  if (way === "mounts") return ["unshare", "--mount", "sh", "-c", IN_MOUNTS, "sh", deno, ...args];
  const [run = "run", ...rest] = args.filter((arg) => !arg.startsWith("--allow-"));
  return [deno, run, "--allow-all", ...rest];
}

/** Creates a folder for one scope, unless it exists. */
function useFolder(stack: AsyncDisposableStack, path: string): void {
  try {
    Deno.mkdirSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return;
    throw error;
  }
  stack.defer(() => Deno.removeSync(path));
}

/**
 * Waits until the containers of a server are read in a way.
 *
 * @throws {Error} when they are read in another way.
 */
export async function checkReader({ url }: ReadingServer, way: Way): Promise<void> {
  const wanted = way === "engine" ? "engine" : "kernel";
  let found: { readonly reader?: string; readonly readerReason?: string } = {};
  for (let attempt = 0; attempt < 20; attempt++) {
    const response = await fetch(`${url}/docker/hosts`, {
      headers: { authorization: `Bearer ${BENCH_TOKEN}` },
    });
    [found = {}] = await response.json();
    if (found.reader === wanted) return;
    await pause(0.5);
  }
  throw new Error(`The reader is "${found.reader}", not "${wanted}": ${found.readerReason}`);
}

/** Starts one viewer of the running containers, whose frames are the readings. */
export function startReadingViewer({ url }: ReadingServer): Child {
  return startViewers(`${url}/docker/stats?state=running`, 1);
}

/** Returns the readings per second that a server without viewers has stored in the last seconds. */
export async function storedReadings({ url }: ReadingServer, seconds: number): Promise<number> {
  const response = await fetch(`${url}/history?since=${Math.ceil(seconds)}s&points=2000`, {
    headers: { authorization: `Bearer ${BENCH_TOKEN}` },
  });
  const { series } = await response.json() as {
    readonly series: readonly { readonly kind: string; readonly history: readonly unknown[] }[];
  };
  const rows = series.filter(({ kind }) => kind === "container").map(({ history }) => history.length);
  return rows.reduce((sum, count) => sum + count, 0) / Math.ceil(seconds);
}

/** A swarm of two engines that are started for one test, each in its own network namespace. */
import { enginePath } from "../../../tools/engine/engines.ts";
import { run, tryRun } from "../../../tools/engine/run.ts";
import { eventually } from "../../assert.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { docker, IMAGE, type RealEngine } from "../engines.ts";
import { type Namespace, namespaceObstacle, twoNamespaces } from "./namespaces.ts";

/** Port of the engines on the addresses of their namespaces. */
export const PORT = 2375;

/** Messages about a kernel that has no namespaces or links, or does not allow them. */
const FORBIDDEN = /not permitted|not supported|permission denied|unknown device type/i;

/** One engine of the swarm. */
export interface SwarmEngine {
  /** Address of its socket. */
  readonly url: string;
  /** Address of its namespace. */
  readonly address: string;
  readonly nodeId: string;
  /** Runs the `docker` command against it. */
  readonly docker: (...args: string[]) => Promise<string>;
}

/** A manager and a worker; disposing them removes their containers, data, mounts and namespaces. */
export interface TwoEngines extends AsyncDisposable {
  readonly manager: SwarmEngine;
  readonly worker: SwarmEngine;
}

/**
 * Returns the reason why this machine cannot run them; `undefined` if it can.
 *
 * @throws {Error} with `CI` set, unless the kernel forbids namespaces.
 */
export async function swarmObstacle(): Promise<string | undefined> {
  for (const [program, flag] of [["dockerd", "--version"], ["nsenter", "--version"], ["ip", "-V"]] as const) {
    if (await tryRun(program, [flag], { env: { PATH: enginePath("newest") } }) !== undefined) continue;
    return inCi(`the program ${program} is missing`);
  }
  const why = await namespaceObstacle();
  return why === undefined || FORBIDDEN.test(why) ? why : inCi(why);
}

function inCi(why: string): string {
  if (Deno.env.get("CI")) throw new Error(`CI needs a swarm of two engines: ${why}`);
  return why;
}

/** PEM files with which the engines answer only to clients with a certificate. */
export interface EngineTls {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/**
 * Starts both engines with the test image of another one, and joins them.
 *
 * @param tlsOf Returns the files of an engine by its address; without them it takes requests without TLS.
 */
export async function startTwoEngines(
  source: RealEngine,
  tlsOf?: (address: string) => Promise<EngineTls>,
): Promise<TwoEngines> {
  await using starting = new AsyncDisposableStack();
  const folder = starting.use(temporaryFolder());
  const { namespaces } = starting.use(await twoNamespaces());
  const image = folder.path("image.tar");
  await docker(source, "save", "--output", image, IMAGE);
  const engines: Omit<SwarmEngine, "nodeId">[] = [];
  for (const [index, namespace] of namespaces.entries()) {
    const tls = await tlsOf?.(namespace.address);
    const engine = await startEngine(namespace, { folder: folder.path(String(index)), tls }, starting);
    await engine.docker("load", "--input", image);
    engines.push(engine);
  }
  const [first, second] = [engines[0]!, engines[1]!];
  const [at, from] = [namespaces[0].peerAddress, namespaces[1].peerAddress];
  await first.docker("swarm", "init", "--advertise-addr", at);
  const token = await first.docker("swarm", "join-token", "--quiet", "worker");
  await second.docker("swarm", "join", "--advertise-addr", from, "--token", token, `${at}:2377`);
  const [manager, worker] = [await withNode(first), await withNode(second)];
  const started = starting.move();
  return { manager, worker, [Symbol.asyncDispose]: () => started.disposeAsync() };
}

async function startEngine(
  { name, address }: Namespace,
  { folder, tls }: { readonly folder: string; readonly tls: EngineTls | undefined },
  ending: AsyncDisposableStack,
) {
  await Deno.mkdir(folder);
  const url = `unix://${folder}/docker.sock`;
  const daemon = new Deno.Command("nsenter", {
    args: [
      // "ip netns exec" would mount another /sys, without the control groups that the engine needs.
      ...[`--net=/run/netns/${name}`, "dockerd", "--bridge=none", "--iptables=false", "--ip6tables=false"],
      ...[`--data-root=${folder}/data`, `--exec-root=${folder}/exec`, `--pidfile=${folder}/pid`],
      ...["--host", url, "--host", `tcp://${address}:${PORT}`, ...tlsFlags(tls)],
    ],
    env: { PATH: enginePath("newest") },
    ...{ stdin: "null", stdout: "null", stderr: "null" },
  }).spawn();
  ending.defer(() => unmountBelow(folder));
  ending.defer(async () => {
    // Tasks are removed first, since the engine would wait 10 s for each at its end.
    await tryRun("docker", ["-H", url, "swarm", "leave", "--force"]);
    daemon.kill("SIGTERM");
    await daemon.status;
  });
  await eventually("the engine", () => tryRun("docker", ["-H", url, "version"]));
  return { url, address, docker: (...args: string[]) => run("docker", ["-H", url, ...args]) };
}

function tlsFlags(tls: EngineTls | undefined): readonly string[] {
  if (tls === undefined) return ["--tls=false"];
  return ["--tlsverify", `--tlscacert=${tls.ca}`, `--tlscert=${tls.cert}`, `--tlskey=${tls.key}`];
}

async function withNode(engine: Omit<SwarmEngine, "nodeId">): Promise<SwarmEngine> {
  return { ...engine, nodeId: await engine.docker("info", "--format", "{{.Swarm.NodeID}}") };
}

async function unmountBelow(folder: string): Promise<void> {
  const mounts = await Deno.readTextFile("/proc/self/mounts");
  const points = mounts.split("\n").flatMap((line) => line.split(" ")[1] ?? []);
  for (const point of points.filter((each) => each.startsWith(`${folder}/`)).reverse()) {
    await tryRun("umount", ["--lazy", point]);
  }
}

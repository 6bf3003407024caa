/** Network namespaces for engines of a swarm: each has a link to this machine, and one to the other. */
import { run, tryRun } from "../../../tools/engine/run.ts";

/** A network namespace. */
export interface Namespace {
  readonly name: string;
  /** Address that this machine reaches. */
  readonly address: string;
  /** Address that the other namespace reaches. */
  readonly peerAddress: string;
}

/** Start of the names of this run's namespaces and of its links, whose names have at most 15 characters. */
const PREFIX = `dsw${Deno.pid}`;

/** Creates two connected namespaces; disposing them ends every process in them. */
export async function twoNamespaces(): Promise<
  { readonly namespaces: readonly [Namespace, Namespace] } & AsyncDisposable
> {
  await using starting = new AsyncDisposableStack();
  const first = await create(1, starting);
  const second = await create(2, starting);
  // Over a bridge of this machine its packet filter could drop what the engines send each other.
  const [at, to] = [["-n", first.name], ["peer", "name", "peer", "netns", second.name]];
  await run("ip", [...at, "link", "add", "peer", "type", "veth", ...to]);
  for (const { name, peerAddress } of [first, second]) await raise(name, "peer", peerAddress);
  const made = starting.move();
  return { namespaces: [first, second], [Symbol.asyncDispose]: () => made.disposeAsync() };
}

/** Returns the reason why this machine cannot have namespaces with links; `undefined` if it can. */
export async function namespaceObstacle(): Promise<string | undefined> {
  try {
    await using _made = await twoNamespaces();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function create(number: 1 | 2, ending: AsyncDisposableStack): Promise<Namespace> {
  const [name, link] = [`${PREFIX}-${number}`, `${PREFIX}h${number}`];
  const subnet = `10.213.${number}`;
  await run("ip", ["netns", "add", name]);
  ending.defer(() => remove(name));
  await run("ip", ["link", "add", link, "type", "veth", "peer", "name", "host", "netns", name]);
  // The namespace may outlive its name for a moment, and its link with it.
  ending.defer(async () => void await tryRun("ip", ["link", "del", link]));
  await run("ip", ["addr", "add", `${subnet}.1/30`, "dev", link]);
  await run("ip", ["link", "set", link, "up"]);
  await run("ip", ["-n", name, "link", "set", "lo", "up"]);
  await raise(name, "host", `${subnet}.2`);
  return { name, address: `${subnet}.2`, peerAddress: `10.213.3.${number}` };
}

async function raise(namespace: string, link: string, address: string): Promise<void> {
  await run("ip", ["-n", namespace, "addr", "add", `${address}/30`, "dev", link]);
  await run("ip", ["-n", namespace, "link", "set", link, "up"]);
}

async function remove(name: string): Promise<void> {
  const pids = (await tryRun("ip", ["netns", "pids", name]) ?? "").split("\n").filter((pid) => pid !== "");
  if (pids.length > 0) await tryRun("kill", ["-KILL", ...pids]);
  await run("ip", ["netns", "del", name]);
}

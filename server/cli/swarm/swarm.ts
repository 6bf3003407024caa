/** `dockstat swarm`: lists and changes the swarm of a running DockStat. */
import { type Flags, loadConfig } from "../../config/config.ts";
import { AppError } from "../../errors.ts";
import { printable } from "../../log/format.ts";
import type { HostReport } from "../../protocol/hosts.ts";
import type { Swarm } from "../../protocol/swarm/swarm.ts";
import { askYes, canAsk } from "../confirm.ts";
import { showsColors } from "../color.ts";
import { finishOperation, type Started } from "../finish_operation.ts";
import { openServerClient, type ServerClient } from "../server_client.ts";
import { readText } from "../stacks/texts.ts";
import { print } from "../terminal.ts";
import type { SwarmRequest, WantedTasks } from "./flags.ts";
import { setAvailability } from "./node.ts";
import { renderSwarm } from "./table.ts";

/** Asks a question, and returns whether the answer is yes. */
export type Ask = (question: string, signal: AbortSignal) => Promise<boolean>;

/** Runs `dockstat swarm`, and waits for the end of its operations. */
export async function runSwarm(request: SwarmRequest, flags: Flags, signal: AbortSignal): Promise<void> {
  await swarm(await openServerClient(await loadConfig(flags)), request, signal);
}

/**
 * Runs a command.
 *
 * @param ask Asks on the terminal; `undefined` without one.
 * @throws {AppError} "usage", "unavailable", "busy", "failed", also when the answer was no.
 */
export async function swarm(
  client: ServerClient,
  request: SwarmRequest,
  signal: AbortSignal,
  ask: Ask | undefined = canAsk() ? askYes : undefined,
): Promise<void> {
  if (request.verb === "node") return await setAvailability(client, request, signal);
  // Read first, so that a missing file is reported without a server.
  const texts = request.verb === "deploy" ? await readTexts(request) : undefined;
  const found = await findSwarms(client, request.flags.on, signal);
  if (request.verb === "ls") {
    print(`${found.map((one) => renderSwarm(one, showsColors()).join("\n")).join("\n\n")}\n`);
    return;
  }
  const { hostId } = onlyOne(found);
  const path = `/swarm/${encodeURIComponent(hostId)}`;
  if (request.verb === "scale") return await scale(client, path, request.wanted, signal);
  const stack = `${path}/stacks/${encodeURIComponent(request.name)}`;
  if (request.verb === "remove" && ask !== undefined && !request.flags.yes) {
    await question(request.name, ask, signal);
  }
  const started = request.verb === "deploy"
    ? await client.ask<Started>(`${stack}${request.flags.replace ? "?replace=1" : ""}`, {
      method: "PUT",
      body: texts,
    })
    : await client.ask<Started>(stack, { method: "DELETE" });
  await finishOperation(client, request.name, started, signal);
}

async function readTexts({ file, flags: { envFile } }: SwarmRequest & { readonly verb: "deploy" }) {
  const compose = await readText("FILE", file);
  return envFile === undefined ? { compose } : { compose, env: await readText("--env-file", envFile) };
}

async function scale(
  client: ServerClient,
  path: string,
  wanted: readonly WantedTasks[],
  signal: AbortSignal,
): Promise<void> {
  for (const { service, replicas } of wanted) {
    if (signal.aborted) throw new AppError("failed", `Stopped before "${service}"`);
    const url = `${path}/services/${encodeURIComponent(service)}/scale`;
    const started = await client.ask<Started>(url, { method: "POST", body: { replicas } });
    await finishOperation(client, service, started, signal);
  }
}

async function question(name: string, ask: Ask, signal: AbortSignal): Promise<void> {
  const isYes = await ask(`Remove stack "${printable(name)}" from the swarm?`, signal).catch((cause) => {
    if (signal.aborted) return false;
    throw cause;
  });
  if (!isYes) throw new AppError("failed", "Nothing was removed");
}

/** Returns the swarm of a host, or those of all managers, each swarm once. */
async function findSwarms(
  client: ServerClient,
  on: string | undefined,
  signal: AbortSignal,
): Promise<Swarm[]> {
  const read = (hostId: string) => client.ask<Swarm>(`/swarm/${encodeURIComponent(hostId)}`, { signal });
  if (on !== undefined) return [await read(on)];
  const hosts = await client.ask<HostReport[]>("/docker/hosts", { signal });
  const found = new Map<string, Swarm>();
  let refusal: AppError | undefined;
  for (const { hostId } of hosts.filter(({ state }) => state === "up")) {
    try {
      const swarm = await read(hostId);
      if (!found.has(swarm.id)) found.set(swarm.id, swarm);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (!/is not a manager of a swarm$/.test(error.message)) refusal ??= error;
    }
  }
  if (found.size > 0) return [...found.values()];
  throw refusal ??
    new AppError("failed", "No host is a manager of a swarm: docs/swarm.md describes the setup");
}

function onlyOne([one, ...others]: readonly Swarm[]): Swarm {
  if (one !== undefined && others.length === 0) return one;
  const names = [one!, ...others].map(({ hostId }) => `"${hostId}"`).join(" or ");
  throw new AppError("usage", `Several swarms are managed: choose a manager with --on HOSTID (${names})`);
}

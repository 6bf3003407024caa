/** Requests about single containers. Each throws a `Refusal` with the server's message, or `Unreachable`. */
import type { ContainerCommand } from "../../../../../../server/protocol/container_commands.ts";
import type { ContainerDetails, LimitChange } from "../../../../../../server/protocol/containers.ts";
import type { StartedOperation } from "../../../../../../server/protocol/operations.ts";
import type { RemovalPreview } from "../../../../../../server/protocol/removal.ts";
import type { Transport } from "../../../lib/transport/transport.ts";

/** A container, and its name for messages. */
export interface ContainerTarget {
  readonly hostId: string;
  readonly id: string;
  readonly name: string;
}

/** Options of a removal. */
export interface ContainerRemoval {
  /** Also removes its volumes without a name. */
  readonly volumes: boolean;
  /** Kills a running container first. */
  readonly force: boolean;
}

/** Loads the details of a container; `secrets` includes the values that are otherwise masked. */
export async function loadDetails(
  transport: Transport,
  target: ContainerTarget,
  { secrets, signal }: { readonly secrets: boolean; readonly signal: AbortSignal },
): Promise<ContainerDetails> {
  return await transport.ask(`${pathOf(target)}${secrets ? "?secrets=1" : ""}`, { signal });
}

/** Starts a command. */
export async function sendCommand(
  transport: Transport,
  target: ContainerTarget,
  command: ContainerCommand,
): Promise<StartedOperation> {
  return await transport.ask(`${pathOf(target)}/${command}`, { method: "POST" });
}

/** Lists what a removal would delete. */
export async function previewRemoval(
  transport: Transport,
  target: ContainerTarget,
  volumes: boolean,
  signal: AbortSignal,
): Promise<RemovalPreview> {
  const path = `${pathOf(target)}?dryRun=1${volumes ? "&volumes=1" : ""}`;
  return await transport.ask(path, { method: "DELETE", signal });
}

/** Starts a removal. */
export async function sendRemoval(
  transport: Transport,
  target: ContainerTarget,
  { volumes, force }: ContainerRemoval,
): Promise<StartedOperation> {
  const flags = [volumes ? "volumes=1" : "", force ? "force=1" : ""].filter((flag) => flag !== "").join("&");
  return await transport.ask(`${pathOf(target)}${flags === "" ? "" : `?${flags}`}`, { method: "DELETE" });
}

/** Starts a change of limits. */
export async function sendLimits(
  transport: Transport,
  target: ContainerTarget,
  change: LimitChange,
): Promise<StartedOperation> {
  return await transport.ask(pathOf(target), { method: "PATCH", body: change });
}

function pathOf({ hostId, id }: ContainerTarget): string {
  return `/containers/${encodeURIComponent(hostId)}/${id}`;
}

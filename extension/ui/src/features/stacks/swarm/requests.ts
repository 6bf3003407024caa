/** Requests about the texts of swarm stacks. Each throws a `Refusal` with the server's message, or `Unreachable`. */
import type { StartedOperation } from "../../../../../../server/protocol/operations.ts";
import type { SwarmStackTexts } from "../../../../../../server/protocol/swarm/swarm.ts";
import { ContentRequests } from "../model/content_requests.ts";
import type { Transport } from "../../../lib/transport/transport.ts";

/** A stack of a swarm. */
export interface SwarmPlace {
  /** The manager. */
  readonly hostId: string;
  readonly name: string;
}

/** Texts of a stack as typed. */
export interface TypedTexts {
  readonly compose: string;
  readonly env: string;
}

/** Loads the texts of a version, or the newest ones. */
export async function loadTexts(
  transport: Transport,
  place: SwarmPlace,
  version: number | undefined,
  signal: AbortSignal,
): Promise<SwarmStackTexts> {
  const option = version === undefined ? "" : `?version=${version}`;
  return await transport.ask(`${pathOf(place)}${option}`, { signal });
}

/** Starts a deployment. */
export async function deployTexts(
  transport: Transport,
  place: SwarmPlace,
  { compose, env }: TypedTexts,
  replaces: boolean,
): Promise<StartedOperation> {
  const body = env === "" ? { compose } : { compose, env };
  return await transport.ask(`${pathOf(place)}${replaces ? "?replace=1" : ""}`, { method: "PUT", body });
}

/** Cancels an operation. */
export async function cancelOperation(transport: Transport, id: number): Promise<void> {
  await transport.ask(`/operations/${id}/cancel`, { method: "POST" });
}

/** Removes the draft of a new stack. */
export async function removeDraft(transport: Transport, hostId: string): Promise<void> {
  await new ContentRequests(transport).removeDraft(draftOwner(hostId, undefined));
}

/** Returns the owner of the draft of a stack, or of a new one. */
export function draftOwner(hostId: string, name: string | undefined): string {
  return name === undefined ? `/swarm/${encodeURIComponent(hostId)}` : pathOf({ hostId, name });
}

function pathOf({ hostId, name }: SwarmPlace): string {
  return `/swarm/${encodeURIComponent(hostId)}/stacks/${encodeURIComponent(name)}`;
}

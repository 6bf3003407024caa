/** Checks where an address of the page leads before a connection to it is made. */
import { AppError } from "../../errors.ts";
import { OutboundClient } from "../../outbound/client.ts";

/** Resolves names and checks their addresses. */
export type Guard = Pick<OutboundClient, "resolve">;

/** Refuses addresses of this machine, its link, and metadata services. */
export const GUARD: Guard = new OutboundClient();

/**
 * Resolves the host of a URL once and checks each of its addresses.
 *
 * @returns an address to connect to; `undefined` for a name that does not resolve.
 * @throws {AppError} "forbidden" for an address of this machine, its link, or a metadata service.
 */
export async function checkedAddress(
  { hostname, port }: URL,
  signal: AbortSignal,
  guard: Guard,
): Promise<string | undefined> {
  const resolved = await guard.resolve(hostname, Number(port), signal);
  if (resolved.kind === "resolved") return resolved.addresses[0];
  if (resolved.kind !== "blocked") return undefined;
  throw new AppError(
    "forbidden",
    `Cannot connect: the address is ${resolved.why}, which is allowed only for hosts in dockstat.yaml`,
  );
}

/** Checks where an address of the page leads, before and after a connection to it is made. */
import { lookup } from "node:dns/promises";
import { AppError } from "../../errors.ts";
import { forbiddenKind } from "../../outbound/addresses.ts";

/**
 * Resolves a name once and checks each of its addresses.
 *
 * @returns an address to connect to; `undefined` for a name that does not resolve.
 * @throws {AppError} "forbidden" for an address of this machine, its link, or a metadata service.
 */
export async function checkedAddress(hostname: string): Promise<string | undefined> {
  const addresses = await lookup(hostname.replace(/^\[|\]$/g, ""), { all: true }).catch(() => []);
  for (const { address } of addresses) checkAddress(address);
  return addresses[0]?.address;
}

/**
 * Checks one address.
 *
 * @throws {AppError} "forbidden".
 */
export function checkAddress(address: string): void {
  const kind = forbiddenKind(address);
  if (kind === undefined) return;
  throw new AppError(
    "forbidden",
    `Cannot connect: the address is ${kind}, which is allowed only for hosts in dockstat.yaml`,
  );
}

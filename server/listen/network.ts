/** Addresses under which other machines reach a server that listens on all addresses. */
import { bracketed, isLoopback, isWildcard } from "../address.ts";

/** Networks between containers, which no other machine can reach. */
const CONTAINER_NETWORKS = /^(docker|br-|veth|cni|podman|lxc|virbr|vEthernet)/;

/** Maximum number of addresses. */
const MOST = 4;

/**
 * Returns the URLs of a server for other machines; empty unless it listens on all addresses.
 *
 * @param url URL of the server on this machine.
 */
export function networkUrls(
  listenHost: string,
  url: string,
  interfaces: () => readonly Deno.NetworkInterfaceInfo[] = permittedInterfaces,
): string[] {
  if (!isWildcard(listenHost)) return [];
  const reachable = interfaces().filter(({ name, address }) =>
    !CONTAINER_NETWORKS.test(name) && !isLoopback(address) && !/^(fe80|169\.254)/i.test(address)
  );
  const [four, six] = (["IPv4", "IPv6"] as const).map((kind) =>
    reachable.filter(({ family }) => family === kind)
  );
  // IPv6 addresses are long and change, so they are named only where there are no others.
  const named = four!.length > 0 || listenHost === "0.0.0.0" ? four! : six!;
  return named.slice(0, MOST).map(({ address }) => withAddress(url, address));
}

function withAddress(url: string, address: string): string {
  const { protocol, port, pathname } = new URL(url);
  return `${protocol}//${bracketed(address)}${port && `:${port}`}${pathname.replace(/\/$/, "")}`;
}

/** Lists the interfaces of this machine without asking for the permission. */
function permittedInterfaces(): readonly Deno.NetworkInterfaceInfo[] {
  const { state } = Deno.permissions.querySync({ name: "sys", kind: "networkInterfaces" });
  return state === "granted" ? Deno.networkInterfaces() : [];
}

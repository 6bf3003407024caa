/** Pure: the published ports of a container, each with the port inside the container. */
import type { Container } from "../../docker/container.ts";
import type { ServicePort } from "../../protocol/stacks.ts";

/** Returns the published ports by number; an engine lists a port once for IPv4 and once for IPv6. */
export function containerPorts(
  { publishedAddresses, portPairs }: Pick<Container, "publishedAddresses" | "portPairs">,
): ServicePort[] {
  const inside = new Map(
    portPairs.split(" ").flatMap((pair) => {
      const [, open, inner, protocol] = /^(\d+):(\d+)\/(\w+)$/.exec(pair) ?? [];
      return open === undefined ? [] : [[`${open}/${protocol}`, Number(inner)] as const];
    }),
  );
  return publishedAddresses.split(" ").flatMap((published) => {
    const [, address = "", open, protocol = ""] = /^(.*):(\d+)\/(\w+)$/.exec(published) ?? [];
    const inner = inside.get(`${open}/${protocol}`);
    return inner === undefined
      ? []
      : [{ hostAddress: address, public: Number(open), private: inner, protocol }];
  }).sort((one, other) => one.public - other.public);
}

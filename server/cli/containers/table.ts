/** Pure: the table of `dockstat containers ls`. */
import { printable } from "../../log/format.ts";
import type { ContainerDetails } from "../../protocol/containers.ts";
import type { DetailedStatsMessage } from "../../protocol/stats.ts";
import { aligned } from "../aligned.ts";
import { stateColorOf } from "../color.ts";

/** Fields of a container that the table shows. */
export type ListedContainer = Pick<
  DetailedStatsMessage,
  "id" | "hostId" | "name" | "image" | "status" | "state" | "project"
>;

const TITLES = ["NAME", "IMAGE", "STATUS", "HOST", "PROJECT", "PORTS"];

/**
 * Renders the table as lines, headings first.
 *
 * @param ports Ports by host and id, as {@linkcode portKey} returns them; a container without an entry has none.
 */
export function renderContainers(
  containers: readonly ListedContainer[],
  ports: ReadonlyMap<string, ContainerDetails["ports"]>,
  colors = false,
): string[] {
  const rows = [...containers].sort(byHostAndName).map((container) => [
    printable(container.name),
    printable(container.image),
    printable(container.status),
    container.hostId,
    container.project === null ? "-" : printable(container.project),
    publishedText(ports.get(portKey(container)) ?? []) || "-",
  ]);
  return aligned([TITLES, ...rows], colors ? stateColorOf(TITLES.indexOf("STATUS")) : undefined);
}

/** Returns the key of a container in the map of ports. */
export function portKey({ hostId, id }: Pick<ListedContainer, "hostId" | "id">): string {
  return `${hostId}/${id}`;
}

/** Returns published ports, each once although it is published for IPv4 and for IPv6. */
function publishedText(ports: ContainerDetails["ports"]): string {
  const published = ports.filter((port) => port.public !== null)
    .map((port) => `${port.public}->${port.private}/${port.protocol}`);
  return [...new Set(published)].join(", ");
}

function byHostAndName(one: ListedContainer, other: ListedContainer): number {
  return one.hostId.localeCompare(other.hostId) ||
    one.name.localeCompare(other.name, undefined, { numeric: true });
}

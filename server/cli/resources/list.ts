/** `dockstat images`, `volumes` and `networks`: tables of what the hosts have. */
import { type Flags, loadConfig } from "../../config/config.ts";
import { printable } from "../../log/format.ts";
import type { Image, Network, Volume } from "../../protocol/resources/resources.ts";
import { aligned } from "../aligned.ts";
import { byteText } from "../byte_text.ts";
import { openServerClient } from "../server_client.ts";
import { print } from "../terminal.ts";

type Row = readonly string[];
type Cells = (value: Image & Volume & Network) => Row;

/** The tables: headings, and the cells of a line. */
const TABLES: Readonly<Record<"images" | "volumes" | "networks", readonly [titles: Row, cells: Cells]>> = {
  images: [
    ["IMAGE", "ID", "SIZE", "CREATED", "HOST", "USED BY"],
    ({ tags, id, sizeBytes, ...rest }: Image) => [
      tags.join(" ") || "<none>",
      id.slice(7, 19),
      byteText(sizeBytes),
      ...shared(rest),
    ],
  ],
  volumes: [
    ["VOLUME", "DRIVER", "SIZE", "CREATED", "HOST", "USED BY"],
    (
      { name, driver, sizeBytes, ...rest }: Volume,
    ) => [name, driver ?? "", byteText(sizeBytes), ...shared(rest)],
  ],
  networks: [
    ["NETWORK", "DRIVER", "SUBNETS", "CREATED", "HOST", "USED BY"],
    ({ name, driver, subnets, ...rest }: Network) => [name, driver ?? "", subnets.join(" "), ...shared(rest)],
  ],
};

function shared({ created, hostId, usedBy }: Pick<Image, "created" | "hostId" | "usedBy">): Row {
  return [created?.slice(0, 10) ?? "", hostId, usedBy.map(({ name }) => name).join(" ")];
}

/** Prints a table. */
export async function runList(
  kind: keyof typeof TABLES,
  hostId: string | undefined,
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const client = await openServerClient(await loadConfig(flags));
  const query = hostId === undefined ? "" : `?host=${encodeURIComponent(hostId)}`;
  const items = await client.ask<(Image & Volume & Network)[]>(`/${kind}${query}`, { signal });
  print(`${renderList(kind, items).join("\n")}\n`);
}

/** Renders a table as lines, headings first. */
export function renderList(
  kind: keyof typeof TABLES,
  items: readonly (Image & Volume & Network)[],
): string[] {
  const [titles, cells] = TABLES[kind];
  return aligned([titles, ...items.map((item) => cells(item).map(printable))]);
}

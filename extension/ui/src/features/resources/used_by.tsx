import type { ResourceUser } from "../../../../../server/protocol/resources/resources.ts";
import { hrefTo } from "../../lib/route.ts";
import { LABELS } from "./labels.ts";

/** Number of names beside an item. */
const MOST_SHOWN = 2;

/** Props of {@linkcode UsedBy}. */
export interface UsedByProps {
  readonly hostId: string;
  readonly users: readonly ResourceUser[];
}

/** Links to the containers that use an item; all of them are in the tooltip. */
export function UsedBy({ hostId, users }: UsedByProps) {
  if (users.length === 0) return <span className="quiet">{LABELS.unused}</span>;
  const more = users.length - MOST_SHOWN;
  return (
    <span className="users" title={users.map(({ name, state }) => `${name} (${state})`).join("\n")}>
      {users.slice(0, MOST_SHOWN).map(({ id, name }) => (
        <a key={id} href={hrefTo("containers", hostId, id)}>{name}</a>
      ))}
      {more > 0 && <span className="quiet">{LABELS.more(more)}</span>}
    </span>
  );
}

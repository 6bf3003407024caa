import { formatBytes, formatPercent } from "../../../lib/format.ts";
import type { Item } from "../model/arrange.ts";
import type { Totals } from "../model/totals.ts";

/** Props of {@linkcode GroupLine}. */
export interface GroupLineProps {
  readonly group: Item & { readonly kind: "group" };
  readonly position: number;
  /** How many columns the table has. */
  readonly columns: number;
  /** Whether the host is worth naming. */
  readonly severalHosts: boolean;
  /** What 100 % of the CPU is, in cores. */
  readonly cores: number | null;
  readonly onFold: () => void;
}

/** The heading of a Compose project in the table, with what its containers use together. */
export function GroupLine({ group, position, columns, severalHosts, cores, onFold }: GroupLineProps) {
  const { project, hostId, totals, folded } = group;
  const where = severalHosts ? ` on ${hostId}` : "";
  return (
    <div role="row" className="line group" aria-rowindex={position}>
      <div role="cell" aria-colspan={columns} className="cell heading">
        <button type="button" className="fold" aria-expanded={!folded} onClick={onFold}>
          <span aria-hidden="true">{folded ? "▸" : "▾"}</span> {project ?? "Without a project"}
          {where}
        </button>
        <span className="detail">{summary(totals, cores)}</span>
      </div>
    </div>
  );
}

/** What the containers of a project do together; of those whose host is silent nothing is claimed. */
function summary({ containers, running, silent, cpu, memoryBytes }: Totals, cores: number | null): string {
  if (silent === containers) return `${containers} containers; their host does not answer`;
  const share = cores === null
    ? "n/a"
    : `${formatPercent(cpu / cores)} ${cores === 1 ? "of one core" : "of the host"}`;
  return `${running} of ${containers} running · CPU ${share} · memory ${formatBytes(memoryBytes)}`;
}

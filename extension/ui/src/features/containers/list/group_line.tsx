import { formatBytes, formatPercent } from "../../../lib/format.ts";
import type { Item } from "../model/arrange.ts";
import { LABELS, silentGroup } from "../model/labels.ts";
import type { Totals } from "../model/totals.ts";

/** Props of {@linkcode GroupLine}. */
export interface GroupLineProps {
  readonly group: Item & { readonly kind: "group" };
  readonly position: number;
  /** Number of columns in the table. */
  readonly columns: number;
  /** True when the host must be named. */
  readonly severalHosts: boolean;
  /** Number of cores that count as 100 % CPU. */
  readonly cores: number | null;
  readonly onFold: () => void;
}

/** Heading of a Compose project in the table, with its total usage. */
export function GroupLine({ group, position, columns, severalHosts, cores, onFold }: GroupLineProps) {
  const { project, hostId, totals, folded } = group;
  const where = severalHosts ? ` on ${hostId}` : "";
  return (
    <div role="row" className="line group" aria-rowindex={position}>
      <div role="cell" aria-colspan={columns} className="cell heading">
        <button type="button" className="fold" aria-expanded={!folded} onClick={onFold}>
          <span aria-hidden="true">{folded ? "▸" : "▾"}</span> {project ?? LABELS.otherContainers}
          {where}
        </button>
        <span className="detail">{summary(totals, cores)}</span>
      </div>
    </div>
  );
}

/** Returns the total usage of a project; unknown values of silent hosts are left out. */
function summary({ containers, running, silent, cpu, memoryBytes }: Totals, cores: number | null): string {
  if (silent === containers) return silentGroup(containers);
  const share = cores === null
    ? LABELS.notAvailable
    : `${formatPercent(cpu / cores)} ${cores === 1 ? "of one core" : "of the host"}`;
  return `${running} of ${containers} running · CPU ${share} · memory ${formatBytes(memoryBytes)}`;
}

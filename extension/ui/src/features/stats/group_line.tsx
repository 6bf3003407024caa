import { formatBytes, formatPercent } from "../../lib/format.ts";
import type { Item } from "./arrange.ts";

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
        <button type="button" aria-expanded={!folded} onClick={onFold}>
          <span aria-hidden="true">{folded ? "▸" : "▾"}</span> {project ?? "Without a project"}
          {where}
        </button>
        <span className="detail">
          {totals.running} of {totals.containers} running · CPU {cpuWords(totals.cpu, cores)} · memory{" "}
          {formatBytes(totals.memoryBytes)}
        </span>
      </div>
    </div>
  );
}

function cpuWords(percent: number, cores: number | null): string {
  if (cores === null) return "n/a";
  return `${formatPercent(percent / cores)} ${cores === 1 ? "of one core" : "of the host"}`;
}

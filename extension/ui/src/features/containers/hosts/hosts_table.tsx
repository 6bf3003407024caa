import { Button, styled } from "@mui/material";
import { Bar } from "../../../components/design/meter.tsx";
import { StateMark } from "../../../components/design/state_mark.tsx";
import { COLORS, PANEL, RADIUS, TABULAR } from "../../../components/design/tokens.ts";
import { VISUALLY_HIDDEN } from "../../../components/visually_hidden.ts";
import { formatBytes, formatShare, formatTime } from "../../../lib/format.ts";
import { hrefTo } from "../../../lib/route.ts";
import { type HostFacts, sharesOf } from "../overview/host_facts.ts";
import { labelTexts } from "../overview/host_labels.ts";
import { type HostRow, sumOf } from "./host_rows.ts";
import { LABELS } from "./labels.ts";

/** Props of {@linkcode HostsTable}. */
export interface HostsTableProps {
  readonly rows: readonly HostRow[];
  /** Asks to remove a host; `undefined` for clients that may not. */
  readonly onRemove: ((hostId: string) => void) | undefined;
}

/** One line per host, and the sum of all. */
export function HostsTable({ rows, onRemove }: HostsTableProps) {
  return (
    <Frame>
      <table aria-label={LABELS.table}>
        <thead>
          <tr>
            <th scope="col">{LABELS.host}</th>
            <th scope="col" className="wide">{LABELS.address}</th>
            <th scope="col" className="wide">{LABELS.engine}</th>
            <th scope="col" className="number" title={LABELS.runningHelp}>{LABELS.containers}</th>
            <th scope="col" className="number">{LABELS.cpu}</th>
            <th scope="col" className="number middle">{LABELS.memory}</th>
            <th scope="col" className="number wide">{LABELS.disk}</th>
            {onRemove !== undefined && (
              <th scope="col">
                <span className="visually-hidden">{LABELS.actions}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => <Row key={row.report.hostId} row={row} onRemove={onRemove} />)}
        </tbody>
        {rows.length > 1 && (
          <tfoot>
            <tr>
              <th scope="row">{LABELS.sum(rows.length)}</th>
              <td className="wide" />
              <td className="wide" />
              <Numbers facts={sumOf(rows)} isSum />
              {onRemove !== undefined && <td />}
            </tr>
          </tfoot>
        )}
      </table>
    </Frame>
  );
}

function Row(
  { row: { report, facts }, onRemove }: { readonly row: HostRow } & Pick<HostsTableProps, "onRemove">,
) {
  const { hostId, url, state, since, error, engine, labels, managed } = report;
  return (
    <tr>
      <th scope="row">
        <span className="name">
          <StateMark tone={TONES[state]} aria-hidden="true" />
          <a href={`${hrefTo("containers")}?host=${encodeURIComponent(hostId)}`}>{hostId}</a>
          {state !== "up" && (
            <span className="quiet">{`${LABELS[state]} ${formatTime(Date.parse(since))}`}</span>
          )}
          {labelTexts(labels).map((text) => <span key={text} className="label">{text}</span>)}
        </span>
        {error !== null && <span className="error">{error}</span>}
      </th>
      <td className="wide quiet address">{url}</td>
      <td className="wide quiet">{engine ?? LABELS.unknown}</td>
      <Numbers facts={facts} />
      {onRemove !== undefined && (
        <td>
          {managed && (
            <Button
              size="small"
              color="error"
              aria-label={LABELS.removeOf(hostId)}
              onClick={() => onRemove(hostId)}
            >
              {LABELS.remove}
            </Button>
          )}
        </td>
      )}
    </tr>
  );
}

const TONES = { up: "good", connecting: "careful", down: "bad" } as const;

function Numbers({ facts, isSum = false }: { readonly facts: HostFacts; readonly isSum?: boolean }) {
  const { totals, memoryBytes, silentSince } = facts;
  const { cpu, memory, disk } = sharesOf(facts);
  const isSilent = silentSince !== null && !isSum;
  // A host that has never answered may have any number of containers.
  const isUncounted = isSilent && totals.containers === 0;
  return (
    <>
      <td className="number">
        {isUncounted ? LABELS.unknown : LABELS.running(totals.running, totals.containers)}
      </td>
      <td className="number">
        <Usage percent={isSilent ? null : cpu} color={COLORS.cpu} />
      </td>
      <td className="number middle">
        <Usage
          percent={isSilent ? null : memory}
          color={COLORS.memory}
          text={isSilent || memoryBytes === null ? LABELS.unknown : formatBytes(memoryBytes)}
        />
      </td>
      <td className="number wide">
        <Usage percent={isSilent ? null : disk} color={COLORS.disk} />
      </td>
    </>
  );
}

interface UsageProps {
  readonly percent: number | null;
  readonly color: string;
  /** Value; default is the share. */
  readonly text?: string;
}

/** A value, and a bar for its share where that is known. */
function Usage({ percent, color, text }: UsageProps) {
  const share = percent === null ? LABELS.unknown : formatShare(percent);
  return (
    <span className="usage">
      {percent !== null && <Bar percent={percent} color={color} />}
      <span>{text ?? share}</span>
    </span>
  );
}

const Frame = styled("div")({
  ...PANEL,
  ...TABULAR,
  overflowX: "auto",
  "& table": { width: "100%", borderCollapse: "collapse" },
  "& .visually-hidden": VISUALLY_HIDDEN,
  "& th, & td": { padding: "6px 12px", textAlign: "left", verticalAlign: "top", fontWeight: 400 },
  "& thead th": { fontSize: 11, lineHeight: "16px", color: COLORS.inkQuiet, whiteSpace: "nowrap" },
  "& tbody tr": { borderTop: `1px solid ${COLORS.lineSoft}` },
  "& tbody tr:hover": { background: COLORS.hover },
  "& tfoot tr": { borderTop: `1px solid ${COLORS.line}` },
  "& tfoot th": { fontWeight: 600 },
  "& .number": { textAlign: "right", whiteSpace: "nowrap" },
  "& .name": { display: "flex", flexWrap: "wrap", columnGap: 8, rowGap: 2, alignItems: "center" },
  "& .name a": { color: COLORS.ink, fontWeight: 600, overflowWrap: "anywhere", unicodeBidi: "isolate" },
  "& .name a:not(:hover)": { textDecoration: "none" },
  "& .usage": { display: "inline-flex", alignItems: "center", gap: 8, verticalAlign: "top" },
  "& .usage .bar": { flex: "0 0 44px" },
  "& .quiet": { color: COLORS.inkMuted },
  "& .address": { overflowWrap: "anywhere", unicodeBidi: "isolate" },
  "& .error": { display: "block", color: COLORS.bad, overflowWrap: "anywhere", unicodeBidi: "isolate" },
  "& .label": {
    border: `1px solid ${COLORS.line}`,
    borderRadius: RADIUS.tag,
    padding: "0 5px",
    color: COLORS.inkMuted,
    overflowWrap: "anywhere",
  },
  "@media (max-width: 900px)": { "& .wide, & .bar": { display: "none" } },
  "@media (max-width: 600px)": { "& .middle": { display: "none" }, "& th, & td": { padding: "6px 8px" } },
});

import { styled } from "@mui/material";
import type { Alert } from "../../../../../../server/protocol/alerts/alert.ts";
import { COLORS } from "../../../components/design/tokens.ts";
import { formatTime } from "../../../lib/format.ts";
import { type AlertCurve, type CurvePoint, spanOf, type TimeSpan } from "../model/alert_curve.ts";
import { LABELS } from "../model/labels.ts";
import { useCurve } from "./use_curve.ts";

const [WIDTH, HEIGHT] = [240, 36];

/** Props of {@linkcode AlertCurveView}. */
export interface AlertCurveViewProps {
  readonly alert: Alert;
  /** Epoch ms. */
  readonly now: number;
}

/** The value around the start of an alert; the time of the alert is shaded. */
export function AlertCurveView({ alert, now }: AlertCurveViewProps) {
  const curve = useCurve(alert, now);
  if (curve === undefined) return <Figure aria-busy="true" />;
  if (curve === null) {
    return (
      <Figure>
        <figcaption>{LABELS.noCurve}</figcaption>
      </Figure>
    );
  }
  const began = Date.parse(alert.since);
  const span = spanOf(curve, began, now);
  const name = LABELS.curve(curve.label, formatTime(span.from, now), formatTime(span.to, now));
  return (
    <Figure>
      <svg
        role="img"
        aria-label={name}
        width="100%"
        height={HEIGHT}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        <Marks alert={alert} curve={curve} span={span} />
      </svg>
      <figcaption>
        {LABELS.peak(curve.label, curve.format(curve.peak))}
        {curve.limit !== null && ` · ${LABELS.limit(curve.format(curve.limit))}`}
      </figcaption>
    </Figure>
  );
}

interface MarksProps {
  readonly alert: Alert;
  readonly curve: AlertCurve;
  readonly span: TimeSpan;
}

function Marks({ alert: { since, endedAt }, curve: { runs, peak, limit, color }, span }: MarksProps) {
  const x = (at: number) => Math.min(Math.max((at - span.from) / (span.to - span.from), 0), 1) * WIDTH;
  const top = Math.max(peak, limit ?? 0, 1) * 1.1;
  const y = (value: number) => HEIGHT - value / top * HEIGHT;
  const place = ([at, value]: CurvePoint) => `${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
  const [start, end] = [x(Date.parse(since)), endedAt === null ? WIDTH : x(Date.parse(endedAt))];
  return (
    <>
      <rect className="alert" x={start} width={Math.max(end - start, 1)} height={HEIGHT} />
      {limit !== null && <line className="limit" x2={WIDTH} y1={y(limit)} y2={y(limit)} />}
      <path
        className="value"
        stroke={COLORS[color]}
        d={runs.map((run) => `M${run.map(place).join("L")}h0`).join("")}
      />
    </>
  );
}

const Figure = styled("figure")({
  flex: "0 1 240px",
  minWidth: 160,
  minHeight: HEIGHT + 16,
  margin: 0,
  "@media (max-width: 599px)": { flexBasis: "100%" },
  "& svg": { display: "block", borderBottom: `1px solid ${COLORS.lineSoft}` },
  "& .alert": { fill: COLORS.badSoft },
  "& .limit": { stroke: COLORS.bad, strokeDasharray: "4 3", vectorEffect: "non-scaling-stroke" },
  "& .value": {
    fill: "none",
    strokeWidth: 1.25,
    strokeLinecap: "round",
    strokeLinejoin: "round",
    vectorEffect: "non-scaling-stroke",
  },
  "& figcaption": { color: COLORS.inkMuted, fontSize: 11, lineHeight: "16px" },
});

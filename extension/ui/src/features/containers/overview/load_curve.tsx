import { styled } from "@mui/material";
import { COLORS } from "../../../components/design/tokens.ts";
import type { HostRow } from "../model/host_usage.ts";
import { sparkPath, topOf } from "../parts/spark_path.ts";

const [WIDTH, HEIGHT] = [120, 14];
/** Shortest time that a curve shows, s. */
const LEAST_SECONDS = 15;

/** Load of a host in the last minutes; the number above it is the accessible value. */
export function LoadCurve({ row: { load }, cores }: { readonly row: HostRow; readonly cores: number }) {
  const values = load.upTo(load.last);
  if (values.filter((value) => !Number.isNaN(value)).length < LEAST_SECONDS) return null;
  const frame = { width: WIDTH, height: HEIGHT - 2, top: topOf(values, cores) };
  return (
    <Svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={sparkPath(values, frame)} transform="translate(0 1)" />
    </Svg>
  );
}

const Svg = styled("svg")({
  width: "100%",
  height: HEIGHT,
  fill: "none",
  stroke: COLORS.inkQuiet,
  "& path": { vectorEffect: "non-scaling-stroke", strokeWidth: 1.25 },
});

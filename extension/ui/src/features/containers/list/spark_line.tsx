import type { SecondsRing } from "../model/seconds_ring.ts";
import { sparkArea, sparkPath, topOf } from "../parts/spark_path.ts";

/** Props of {@linkcode SparkLine}. */
export interface SparkLineProps {
  readonly ring: SecondsRing;
  /** Last shown second, epoch s. */
  readonly second: number;
  readonly width: number;
  readonly height: number;
  /** Smallest value of the upper edge. */
  readonly least: number;
}

/** A decorative curve on a base line; the number beside it is the accessible value. */
export function SparkLine({ ring, second, width, height, least }: SparkLineProps) {
  const values = ring.upTo(second);
  const top = topOf(values, least);
  const frame = { width, height: height - 2, top };
  return (
    <svg className="spark" width={width} height={height} aria-hidden="true">
      <g transform="translate(0 1)">
        <path className="base" d={`M0 ${height - 2}H${width}`} />
        <path d={sparkArea(values, frame)} fill="currentColor" opacity={0.14} />
        <path
          d={sparkPath(values, frame)}
          fill="none"
          stroke="currentColor"
          strokeWidth={1.25}
          strokeLinejoin="round"
        />
      </g>
    </svg>
  );
}

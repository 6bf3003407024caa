import type { SecondsRing } from "../model/seconds_ring.ts";
import { sparkPath, topOf } from "./spark_path.ts";

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

/** A decorative curve without axes; the number beside it is the accessible value. */
export function SparkLine({ ring, second, width, height, least }: SparkLineProps) {
  const values = ring.upTo(second);
  const path = sparkPath(values, width, height - 2, topOf(values, least));
  return (
    <svg className="spark" width={width} height={height} aria-hidden="true">
      <path
        d={path}
        transform="translate(0 1)"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.25}
        strokeLinejoin="round"
      />
    </svg>
  );
}

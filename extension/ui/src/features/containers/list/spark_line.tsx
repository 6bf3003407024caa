import type { SecondsRing } from "../model/seconds_ring.ts";
import { sparkPath, topOf } from "./spark_path.ts";

/** Props of {@linkcode SparkLine}. */
export interface SparkLineProps {
  readonly ring: SecondsRing;
  /** The last second that is shown, epoch s. */
  readonly second: number;
  readonly width: number;
  readonly height: number;
  /** What stands at the upper edge at least, in the unit of the values. */
  readonly least: number;
}

/** A curve without axes, in the colour of its surroundings; who does not see it has the number beside it. */
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

/** Pure: the difference between two pictures. */
import { Buffer } from "node:buffer";
import pixelmatch from "pixelmatch";
// @ts-types="./pngjs.d.ts"
import { PNG } from "pngjs";

/** Two pictures that differ. */
export interface Difference {
  /** Share of the pixels that differ, percent; 100 for pictures of different sizes. */
  readonly percent: number;
  /** PNG with the differences in red; `undefined` for pictures of different sizes. */
  readonly picture: Uint8Array | undefined;
}

/** Compares two PNG pictures; edges that are smoothed differently do not count. */
export function compare(before: Uint8Array, after: Uint8Array): Difference {
  const [one, other] = [read(before), read(after)];
  const { width, height } = one;
  if (other.width !== width || other.height !== height) return { percent: 100, picture: undefined };
  const picture = new PNG({ width, height });
  const count = pixelmatch(one.data, other.data, picture.data, width, height, { threshold: 0.1 });
  return { percent: count / (width * height) * 100, picture: PNG.sync.write(picture) };
}

function read(bytes: Uint8Array): PNG {
  return PNG.sync.read(Buffer.from(bytes));
}

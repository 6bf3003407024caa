/** Pure: formats newer images as metrics. */
import { cutTo, gauge, labels, type Metric } from "../http/prometheus_text.ts";
import type { ImageUpdate } from "../protocol/images/updates.ts";

/** Longest value of a label, bytes. */
const LONGEST_LABEL = 128;
/** Most series, so that other metrics have room. */
const MOST = 2000;

/**
 * Returns one series per service or container whose image a registry has been asked about; 1 where its tag names a newer
 * image. Services with the policy "ignore" are left out.
 */
export function imageMetrics(updates: readonly ImageUpdate[]): Metric {
  const values = new Map<string, number>();
  for (const { hostId, state, containers } of updates) {
    if (state !== "newer" && state !== "current") continue;
    for (const { name, project, service, policy } of containers) {
      if (policy === "ignore") continue;
      const place = { host: hostId, name, project: project ?? "", service: service ?? "" };
      const cut = Object.fromEntries(
        Object.entries(place).map(([key, text]) => [key, cutTo(text.toWellFormed(), LONGEST_LABEL)]),
      );
      const series = labels(cut);
      // Names that are alike after the cut share a series.
      values.set(series, Math.max(values.get(series) ?? 0, state === "newer" ? 1 : 0));
    }
  }
  return gauge(
    "dockstat_image_update_available",
    "1 if the tag of the container's image names a newer image, 0 if not; by the last check of its registry.",
    [...values].sort(([, one], [, other]) => other - one).slice(0, MOST),
  );
}

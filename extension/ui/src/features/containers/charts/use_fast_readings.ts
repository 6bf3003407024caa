import { useEffect, useState } from "react";
import type { DetailedStatsMessage, HistoryPoint } from "../../../../../../server/protocol/stats.ts";
import { useClient } from "../../../lib/client.ts";
import { pointOf } from "../model/history_point.ts";
import { type Samples, samplesOf } from "./data/samples.ts";

/** Interval of fast readings, ms, and their number in a chart of one minute. */
const [FAST_MS, MAX_POINTS] = [100, 620];

/** A frame of the socket: a reading, a notice about the host, or the end of the fast readings. */
type Frame = DetailedStatsMessage | { readonly hostId: string; readonly error: string | null } | {
  readonly hostId: string;
  readonly intervalMs: number;
};

/** Returns ten readings per second where the server offers them; `undefined` elsewhere. */
export function useFastReadings(
  { hostId, id }: Pick<DetailedStatsMessage, "hostId" | "id">,
  wanted: boolean,
): Samples | undefined {
  const { transport } = useClient();
  const [points, setPoints] = useState<readonly HistoryPoint[]>([]);
  useEffect(() => {
    setPoints([]);
    if (!wanted) return;
    const own = new URLSearchParams({
      detail: "full",
      host: hostId,
      container: id,
      interval: `${FAST_MS}ms`,
    });
    let last: DetailedStatsMessage | undefined;
    const channel = transport.open(`/docker/stats?${own}`, {
      opened: () => {},
      frame: (text) => {
        const frame: Frame = JSON.parse(text);
        if ("intervalMs" in frame) return channel.close();
        if ("error" in frame) return;
        const point = last && pointOf(last, frame);
        last = frame;
        if (point !== undefined) setPoints((all) => [...all, point].slice(-MAX_POINTS));
      },
      // Without fast readings, the chart has those of each second.
      closed: () => setPoints([]),
    });
    return () => channel.close();
  }, [transport, hostId, id, wanted]);
  return points.length > 1 ? samplesOf(points, FAST_MS) : undefined;
}
